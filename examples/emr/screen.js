import { ordersFor } from './orders.js';
import { texts } from './texts.js';

const byId = (id) => document.getElementById(id);
const day = (iso) => iso?.slice(0, 10);
const wordsOf = ({ locale, role }) => ({ t: texts[locale], words: texts[locale].screens[role] });

function element(tag, { className, text } = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  node.append(...children.filter(Boolean));
  return node;
}

const span = (className, text) => (text ? element('span', { className, text }) : null);

/** Everything whose words depend on language and role alone. */
export function showTexts(screen) {
  const { t, words } = wordsOf(screen);
  document.documentElement.lang = screen.locale;
  document.title = `${words.title} - ${t.hospital}`;
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = t[node.dataset.text];
  byId('title').textContent = words.title;
  byId('place').textContent = `${t.hospital} · ${words.place}`;
  byId('stays-title').textContent = words.list;
  byId('language').textContent = screen.locale === 'en' ? '中文' : 'English';
  byId('language').lang = screen.locale === 'en' ? 'zh-CN' : 'en';
}

/** `2026-03-02 — 03-25`: the year once, and a single day once. */
function datesOf(stay, t) {
  const [from, to] = [day(stay.admittedOn), day(stay.dischargedOn)];
  if (from === to) return from;
  return t.dates(from, to?.slice(0, 4) === from.slice(0, 4) ? to.slice(5) : to);
}

function stayButton(stay, screen, onOpen) {
  const { t } = wordsOf(screen);
  const lines = {
    doctor: [span('badge', stay.bed && t.bed(stay.bed)), span('name', stay.name), span('dates', datesOf(stay, t))],
    clerk: [span('name', stay.name), span('department', stay.department), span('dates', datesOf(stay, t))],
    patient: [span('name', datesOf(stay, t)), span('dates', stay.department)],
  };
  const button = element(
    'button',
    { className: 'stay' },
    ...(lines[screen.role] ?? lines.doctor),
    span('diagnosis', stay.diagnosis?.text),
  );
  button.type = 'button';
  button.setAttribute('aria-current', String(stay.recordId === screen.chosen));
  button.addEventListener('click', () => onOpen({ recordId: stay.recordId }));
  return element('li', {}, button);
}

/** The list at the left: those in the ward, then the discharged ones. */
export function showStays(screen, onOpen) {
  const { t, words } = wordsOf(screen);
  const list = byId('stays');
  const { scrollTop } = list.parentElement;
  const hadFocus = list.contains(document.activeElement);
  const part = (title, stays) =>
    stays.length > 0 && [
      element('h3', {}, title, span('count', String(stays.length))),
      element('ul', {}, ...stays.map((stay) => stayButton(stay, screen, onOpen))),
    ];
  const inWard = screen.stays.filter(({ dischargedOn }) => !dischargedOn);
  const discharged = screen.stays.filter(({ dischargedOn }) => dischargedOn);
  const parts = [part(words.first, inWard), part(words.second, discharged)].filter(Boolean);
  list.replaceChildren(...parts.flat());
  list.parentElement.scrollTop = scrollTop;
  const current = list.querySelector('[aria-current="true"]');
  current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (hadFocus) current?.focus();
  const notes = { loading: '', ready: screen.stays.length === 0 ? t.noStays : '', failed: t.loadFailed };
  byId('stays-note').textContent = notes[screen.listState];
}

function ageAt(birthDate, iso) {
  const years = Number(iso.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return iso.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years;
}

function daysOf({ admittedOn, dischargedOn }) {
  return Math.max(1, Math.round((Date.parse(day(dischargedOn)) - Date.parse(day(admittedOn))) / 86_400_000));
}

/** A fact with its name, or without one when it speaks for itself. */
function fact(label, value) {
  return value ? element('span', { className: 'fact' }, label && span('label', label), value) : null;
}

/** Who it is, and what must not be overlooked. */
export function showBanner(screen) {
  const { t } = wordsOf(screen);
  const stay = screen.stays.find(({ recordId }) => recordId === screen.chosen);
  if (!stay) {
    byId('banner').replaceChildren(fact('', screen.chosen ? t.notListed : t.choose) ?? '');
    return;
  }
  const dates = fact(t.stay, stay.dischargedOn ? `${datesOf(stay, t)} · ${t.days(daysOf(stay))}` : datesOf(stay, t));
  const facts = {
    doctor: [
      fact(t.inpatientNumber, stay.inpatientNumber),
      fact('', stay.visitNumber && t.visit(stay.visitNumber)),
      dates,
      fact(t.diagnosis, stay.diagnosis?.text),
    ],
    clerk: [
      fact(t.recordNumber, stay.recordNumber),
      fact(t.inpatientNumber, stay.inpatientNumber),
      fact('', stay.visitNumber && t.visit(stay.visitNumber)),
      fact(t.department, stay.department),
      dates,
      fact(t.diagnosis, stay.diagnosis && `${stay.diagnosis.text} ${stay.diagnosis.code ?? ''}`),
    ],
    patient: [fact('', stay.department), dates, fact(t.diagnosis, stay.diagnosis?.text)],
  };
  const allergy = stay.allergy
    ? element('span', { className: 'fact alert', text: t.allergy(stay.allergy[screen.locale]) })
    : fact('', t.noAllergy);
  byId('banner').replaceChildren(
    ...[
      element('strong', { text: stay.name }),
      fact('', t.gender[stay.gender]),
      fact('', stay.birthDate && t.years(ageAt(stay.birthDate, stay.admittedOn))),
      screen.role === 'doctor' && stay.bed && element('span', { className: 'badge', text: t.bed(stay.bed) }),
      screen.role === 'doctor' && allergy,
      ...(facts[screen.role] ?? facts.doctor),
    ].filter(Boolean),
  );
}

/** The orders of the chosen stay. */
export function showOrders(screen) {
  const { t } = wordsOf(screen);
  const stay = screen.stays.find(({ recordId }) => recordId === screen.chosen);
  const parts = stay ? ordersFor(stay, screen.locale) : [];
  if (parts.length === 0) {
    byId('orders-list').replaceChildren(element('p', { className: 'note', text: t.noOrders }));
    return;
  }
  byId('orders-list').replaceChildren(
    ...parts.flatMap(({ kind, lines }) => [
      element('h3', {}, kind === 'long' ? t.longOrders : t.onceOrders, span('count', String(lines.length))),
      element(
        'ul',
        {},
        ...lines.map(({ start, text, state }) =>
          element(
            'li',
            { className: `order ${state}` },
            span('order-text', text),
            span('start', start),
            span('state', t[state]),
          ),
        ),
      ),
    ]),
  );
}
