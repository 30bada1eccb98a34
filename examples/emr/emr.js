import { atBedside } from './bedside.js';
import { connectScan, mayScan } from './scan.js';
import { connectSign } from './sign.js';
import { showBanner, showOrders, showStays, showTexts } from './screen.js';
import { loadStays } from './stays.js';
import { texts } from './texts.js';

const byId = (id) => document.getElementById(id);
const provider = byId('provider');
const viewer = byId('viewer');
const searchBox = byId('search');

/** All that the host shows beside the record. `listState`: 'loading', 'ready' or 'failed'. */
const screen = { locale: 'zh-CN', role: 'doctor', stays: [], chosen: null, listState: 'loading' };
let signIns = 0;

function showAll() {
  showTexts(screen);
  showStays(screen, openRecord);
  showBanner(screen);
  showOrders(screen);
  byId('scan').hidden = !mayScan(screen);
}

/** A hospital would hand out its own token here; the sample archive has a development login. */
async function login(user) {
  const answer = await fetch('/dev/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  if (!answer.ok) throw new Error('login refused');
  return (await answer.json()).token;
}

/** Another user: everything of the former one is closed before the new one signs in. */
async function signIn(user) {
  const number = ++signIns;
  viewer.close();
  searchBox.clear();
  provider.getToken = undefined;
  const forPatient = user === 'patient';
  provider.setAttribute('text-size', forPatient ? 'large' : 'normal');
  provider.setAttribute('density', forPatient ? 'touch' : 'comfortable');
  document.body.dataset.role = user;
  Object.assign(screen, { role: user, stays: [], chosen: null, listState: 'loading' });
  showAll();
  // Without a token callback the provider drops the old client and all it remembers.
  await provider.updateComplete;
  const found = await listOf(user).catch(() => null);
  if (number !== signIns) return;
  Object.assign(screen, { stays: found ?? [], listState: found ? 'ready' : 'failed' });
  showAll();
  // Without a link: a complete record, which has a front page and so a diagnosis.
  const first = screen.stays.find(({ dischargedOn, diagnosis }) => dischargedOn && diagnosis) ?? screen.stays[0];
  const target = readLink() ?? first;
  if (target) openRecord(target);
}

async function listOf(user) {
  let token = await login(user);
  provider.getToken = async ({ reason }) => {
    if (reason === 'expired') token = await login(user);
    return token;
  };
  await provider.updateComplete;
  return (await loadStays({ token, client: provider.connectedClient })).map(atBedside);
}

function openRecord({ recordId, pageNumber = 1 }) {
  screen.chosen = recordId;
  showAll();
  void viewer.openRecord({ recordId, pageNumber });
}

/** What was just scanned is in no list that the viewer knows: open the record anew, at the new document. */
function openDocument(target) {
  viewer.close();
  void viewer.openRecord(target);
}

/** The deep link: an id and a page number, nothing that names a person. */
function readLink() {
  const link = new URLSearchParams(location.hash.slice(1));
  const recordId = link.get('record');
  return recordId ? { recordId, pageNumber: Number(link.get('page')) || 1 } : null;
}

function writeLink({ recordId, pageNumber }) {
  const link = new URLSearchParams({ record: recordId, page: String(pageNumber) });
  history.replaceState(null, '', `#${link}`);
}

function listenToRecord() {
  viewer.addEventListener('anjuan-page-shown', ({ detail }) => writeLink(detail));
  searchBox.addEventListener('anjuan-record-chosen', ({ detail }) => openRecord({ recordId: detail.recordId }));
  window.addEventListener('hashchange', () => {
    const link = readLink();
    if (link) openRecord(link);
  });
  // Plain http has no clipboard; the address bar holds the same link.
  byId('copy-link').hidden = !navigator.clipboard;
  byId('copy-link').addEventListener('click', async ({ currentTarget }) => {
    await navigator.clipboard.writeText(location.href);
    currentTarget.textContent = texts[screen.locale].linkCopied;
    currentTarget.addEventListener('blur', () => showTexts(screen), { once: true });
  });
}

function listenToSettings(users) {
  const select = byId('user');
  const fillUsers = () => {
    select.replaceChildren(
      ...users.map(({ id, nameZh, nameEn }) => new Option(screen.locale === 'en' ? nameEn : nameZh, id)),
    );
    select.value = screen.role;
  };
  fillUsers();
  select.addEventListener('change', () => {
    history.replaceState(null, '', location.pathname);
    void signIn(select.value);
  });
  byId('language').addEventListener('click', () => {
    screen.locale = screen.locale === 'en' ? 'zh-CN' : 'en';
    provider.setAttribute('lang', screen.locale);
    fillUsers();
    showAll();
  });
  byId('theme').addEventListener('change', ({ target }) => {
    document.documentElement.dataset.theme = target.value;
    provider.setAttribute('theme', target.value);
  });
  const showOrdersColumn = (shown) => {
    document.body.dataset.orders = shown ? 'shown' : 'hidden';
    byId('orders-toggle').setAttribute('aria-expanded', String(shown));
  };
  showOrdersColumn(window.innerWidth >= 1280);
  byId('orders-toggle').addEventListener('click', () => showOrdersColumn(document.body.dataset.orders === 'hidden'));
}

async function start() {
  showAll();
  listenToRecord();
  connectScan(screen, { openDocument });
  await connectSign(screen, { openDocument });
  listenToSettings(await (await fetch('/dev/users')).json());
  await signIn(screen.role);
}

void customElements.whenDefined('anjuan-viewer').then(start);
