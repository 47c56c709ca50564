// The words of a card: zh-CN.

export default {
  close: "关闭",
  copy: "复制资料",
  share: "复制链接",
  print: "打印",
  vcard: "存为联系人",
  read: "朗读",
  copied: "已复制",
  uncopied: "没有复制成功，请选中文字后手动复制",
  ownPage: "打开主页",
  recent: "最近搜索",
  forget: "清除最近搜索",
  gone: "名录里没有这条资料，可能已经更新",
};
