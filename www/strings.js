// What a box says, in zh-CN; cards and the page have tables of their own, other languages theirs. `{…}` is filled in; `error.*` has one for each way to
// mend a failure. The engine's side of the widget holds no words and names them by these keys.

export default {
  label: "搜索院士、专家和工作站",
  placeholder: "姓名、拼音、单位或领域",
  hint: "输入汉字、拼音或首字母，结果会列在下方。可用上下方向键或点按选择，回车确定。",
  clear: "清空",
  list: "搜索结果",
  card: "所选结果的资料",
  shut: "取消",
  retry: "重试",

  loading: "正在准备，马上就好……",
  searching: "正在查找……",
  found: "找到 {n} 条结果",
  more: "显示更多（还有 {n} 条）",
  without: "加上“{terms}”没有结果，先列出符合其余内容的。",
  nothing: "没有找到“{text}”。可以只输入姓名、单位或领域，用拼音或首字母，或者少输几个字",
  shown: "资料已显示在下方",
  code: "（代码：{code}）",

  "field.name": "名称",
  "field.alias": "别名",

  "how.alias": "别名",
  "how.variant": "异体字",
  "how.pinyin": "拼音",
  "how.mixed": "拼音混合",
  "how.initials": "首字母",
  "how.abbreviation": "简称",
  "how.synonym": "近义词",
  "how.reading": "多音字",
  "how.sound": "近音",
  "how.homophone": "同音",
  "how.typo": "近似",
  "how.similar": "近似",
  "how.gap": "近似",
  "how.wildcard": "通配符",

  "error.offline": "数据暂时读取不到，请检查网络后重试",
  "error.again": "搜索没有成功，请重试；若仍如此，请联系网站管理员",
  "error.reload": "搜索程序比数据旧，请刷新页面；若仍如此，请联系网站管理员",
  "error.browser": "浏览器版本太旧，不能使用搜索，请换用新版浏览器",
  "error.site": "搜索暂时不能使用，请联系网站管理员",
};
