// What a first visit fetches: opens a built site with nothing cached, types a name, and prints the files fetched until it is answered and those
// that follow until every kind of query is, as JSON. Reads {chromium, site, name} from standard input.
import { launch, settings } from './bench-chromium.mjs';

const browser = await launch(settings.chromium);
try {
  const page = await browser.newPage();
  const files = [];
  page.on('requestfinished', (request) => files.push(new URL(request.url()).pathname.slice(1)));
  // What is loaded last waits, or a slow machine would have it before the answer.
  let letGo;
  const held = new Promise((resolve) => (letGo = resolve));
  await page.route(/\/(values|later|tables|words)-/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${settings.site}index.html`);
  const box = page.locator('expert-search').getByRole('combobox');
  await box.pressSequentially(settings.name);
  await page.locator('expert-search').getByRole('option').first().waitFor();
  const first = [...files];
  // What shows a record is fetched after that, and no query waits for it.
  const whole = page.evaluate(
    () => new Promise((resolve) => document.addEventListener('expert-search:tables', () => resolve(performance.getEntriesByType('resource').map(({ name }) => name)), true)),
  );
  letGo();
  const all = (await whole).map((address) => new URL(address).pathname.slice(1));
  const own = (name) => name !== '' && name !== 'index.html' && name !== 'favicon.ico';
  console.log(JSON.stringify({ first: first.filter(own), later: all.filter((name) => own(name) && !first.includes(name)) }));
} finally {
  await browser.close();
}
