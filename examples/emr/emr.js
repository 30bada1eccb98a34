import { ordersFor } from './orders.js';
import { texts } from './texts.js';

const byId = (id) => document.getElementById(id);
const provider = byId('provider');
const viewer = byId('viewer');

let locale = 'zh-CN';
let token = null;
let stays = [];
let chosen = null;
let loadFailed = false;

/** A hospital would hand out its own token here; the sample archive has a development login. */
async function login(user) {
  const answer = await fetch('/dev/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  if (!answer.ok) throw new Error('login refused');
  token = (await answer.json()).token;
  provider.getToken = ({ reason }) => (reason === 'expired' ? login(user).then(() => token) : token);
}

function element(tag, { className, text } = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  node.append(...children);
  return node;
}

const day = (iso) => iso?.slice(0, 10);

function showTexts() {
  const t = texts[locale];
  document.documentElement.lang = locale;
  document.title = t.title;
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = t[node.dataset.text];
  byId('language').textContent = locale === 'en' ? '中文' : 'English';
  byId('language').lang = locale === 'en' ? 'zh-CN' : 'en';
}

function showPatients() {
  const t = texts[locale];
  byId('patients').replaceChildren(
    ...stays.map((stay, index) => {
      const button = element(
        'button',
        {},
        element('span', { className: 'bed', text: t.bed(String(index + 1).padStart(2, '0')) }),
        element('span', { text: stay.patientName }),
        element('span', { className: 'stay', text: t.stay(day(stay.admittedOn), day(stay.dischargedOn)) }),
      );
      button.type = 'button';
      button.setAttribute('aria-current', String(stay.recordId === chosen));
      button.addEventListener('click', () => openRecord({ recordId: stay.recordId }));
      return element('li', {}, button);
    }),
  );
  byId('patients-note').textContent = loadFailed ? t.loadFailed : stays.length === 0 ? t.noPatients : '';
}

function ageAt(birthDate, iso) {
  const years = Number(iso.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return iso.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years;
}

function showBanner() {
  const t = texts[locale];
  const stay = stays.find(({ recordId }) => recordId === chosen);
  if (!stay) {
    byId('banner').replaceChildren(element('span', { text: t.choose }));
    return;
  }
  const facts = [
    t.gender[stay.gender],
    stay.birthDate && stay.admittedOn ? t.years(ageAt(stay.birthDate, stay.admittedOn)) : undefined,
    `${t.inpatientNumber} ${stay.inpatientNumber ?? ''}`,
    `${t.department} ${stay.department ?? ''}`,
    stay.mainDiagnosis && `${t.diagnosis} ${stay.mainDiagnosis.text}`,
  ].filter(Boolean);
  byId('banner').replaceChildren(
    element('strong', { text: stay.patientName }),
    ...facts.map((text) => element('span', { text })),
    element('span', { className: 'alert', text: t.allergy }),
  );
}

function showOrders() {
  const t = texts[locale];
  byId('orders').replaceChildren(
    ...ordersFor(locale).map(({ time, text, state }) =>
      element('tr', {}, element('td', { text: time }), element('td', { text }), element('td', { text: t[state] })),
    ),
  );
}

function showAll() {
  showTexts();
  showPatients();
  showBanner();
  showOrders();
}

/** The deep link: ids and a page number, nothing that names a person. */
function readLink() {
  const link = new URLSearchParams(location.hash.slice(1));
  const recordId = link.get('record');
  return recordId ? { recordId, pageNumber: Number(link.get('page')) || 1 } : null;
}

function writeLink({ recordId, pageNumber }) {
  const link = new URLSearchParams({ record: recordId, page: String(pageNumber) });
  history.replaceState(null, '', `#${link}`);
}

function openRecord({ recordId, pageNumber = 1 }) {
  chosen = recordId;
  showPatients();
  showBanner();
  viewer.openRecord({ recordId, pageNumber });
}

async function signIn(user) {
  document.body.dataset.role = user;
  provider.setAttribute('text-size', user === 'patient' ? 'large' : 'normal');
  provider.setAttribute('density', user === 'patient' ? 'touch' : 'comfortable');
  viewer.close();
  stays = [];
  chosen = null;
  loadFailed = false;
  try {
    await login(user);
    for await (const stay of provider.client.records.search({})) stays.push(stay);
  } catch {
    loadFailed = true;
  }
  showAll();
  const link = readLink();
  const first = stays[0];
  if (link) openRecord(link);
  else if (first) openRecord({ recordId: first.recordId });
}

async function start() {
  const users = await (await fetch('/dev/users')).json();
  const select = byId('user');
  const fillUsers = () => {
    const current = select.value;
    select.replaceChildren(
      ...users.map((user) => {
        const option = element('option', { text: locale === 'en' ? user.nameEn : user.nameZh });
        option.value = user.id;
        return option;
      }),
    );
    select.value = current || 'doctor';
  };

  byId('language').addEventListener('click', () => {
    locale = locale === 'en' ? 'zh-CN' : 'en';
    provider.setAttribute('lang', locale);
    fillUsers();
    showAll();
  });
  byId('theme').addEventListener('change', ({ target }) => {
    document.documentElement.dataset.theme = target.value;
    provider.setAttribute('theme', target.value);
  });
  select.addEventListener('change', () => {
    history.replaceState(null, '', location.pathname);
    void signIn(select.value);
  });
  byId('search').addEventListener('anjuan-record-chosen', ({ detail }) => openRecord(detail));
  viewer.addEventListener('anjuan-page-shown', ({ detail }) => writeLink(detail));
  window.addEventListener('hashchange', () => {
    const link = readLink();
    if (link) openRecord(link);
  });
  byId('copy-link').addEventListener('click', async ({ currentTarget }) => {
    await navigator.clipboard.writeText(location.href);
    currentTarget.textContent = texts[locale].linkCopied;
    currentTarget.addEventListener('blur', () => showTexts(), { once: true });
  });

  showAll();
  fillUsers();
  await signIn(select.value);
}

void customElements.whenDefined('anjuan-viewer').then(start);
