import { expect } from 'chai';
import { AnjuanError, type RecordSummary } from '@anjuan/core';
import { axeFindings } from '../../../../test/browser/axe-findings.js';
import { AnjuanSearchBox } from './anjuan-search-box.js';
import { sampleRecords, StubArchiveClient, type PendingSearch } from './testing/stub-archive-client.js';

AnjuanSearchBox.define();

const made: HTMLElement[] = [];
afterEach(() => made.splice(0).forEach((element) => element.remove()));

async function setUp(): Promise<{ box: AnjuanSearchBox; client: StubArchiveClient }> {
  const box = document.createElement('anjuan-search-box');
  const client = new StubArchiveClient();
  box.client = client;
  box.lang = 'zh-CN';
  document.body.append(box);
  made.push(box);
  await box.updateComplete;
  return { box, client };
}

function find<T extends Element = HTMLElement>(box: AnjuanSearchBox, selector: string): T {
  const found = box.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}

const all = (box: AnjuanSearchBox, selector: string): HTMLElement[] => [
  ...(box.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
const field = (box: AnjuanSearchBox): HTMLInputElement => find<HTMLInputElement>(box, '[role=combobox]');
const panelText = (box: AnjuanSearchBox): string => box.shadowRoot?.querySelector('.panel')?.textContent ?? '';

function type(box: AnjuanSearchBox, text: string, init: InputEventInit = {}): void {
  field(box).focus();
  field(box).value = text;
  field(box).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, ...init }));
}

async function press(box: AnjuanSearchBox, key: string, init: KeyboardEventInit = {}): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
  field(box).dispatchEvent(event);
  await box.updateComplete;
  return event;
}

async function settle(box: AnjuanSearchBox): Promise<void> {
  // The answer passes through the async iterator before the element hears of it.
  await new Promise((resolve) => setTimeout(resolve));
  await box.updateComplete;
}

async function searchFor(box: AnjuanSearchBox, client: StubArchiveClient, text: string): Promise<PendingSearch> {
  const next = client.nextSearch();
  type(box, text);
  return next;
}

async function showRecords(
  box: AnjuanSearchBox,
  client: StubArchiveClient,
  records: readonly RecordSummary[],
  page: { readonly continuation?: string; readonly total?: number } = {},
): Promise<void> {
  (await searchFor(box, client, '张')).answer({ records, ...page });
  await settle(box);
}

function chosen(box: AnjuanSearchBox): string[] {
  const ids: string[] = [];
  box.addEventListener('anjuan-record-chosen', (event) => ids.push(event.detail.recordId));
  return ids;
}

describe('anjuan-search-box: searching', () => {
  it('shows who, where, when and why for each record found', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(2), { total: 2 });
    const row = all(box, '[role=option]')[0]?.textContent?.replace(/\s+/g, ' ') ?? '';
    expect(row).to.contain('张建国');
    expect(row).to.contain('男 84 岁');
    expect(row).to.contain('病案号 BA20260000');
    expect(row).to.contain('2026-02-01 — 2026-03-01');
    expect(row).to.contain('心血管内科');
    expect(row).to.contain('急性前壁心肌梗死');
    expect(panelText(box)).to.contain('找到 2 份病案');
  });

  it('sends one request for a burst of keys', async () => {
    const { box, client } = await setUp();
    const next = client.nextSearch();
    for (const text of ['z', 'zh', 'zhang']) type(box, text);
    expect((await next).query).to.deep.equal({ text: 'zhang' });
    expect(client.searches).to.have.length(1);
  });

  it('aborts the request before when the text changes, and never shows its late answer', async () => {
    const { box, client } = await setUp();
    const first = await searchFor(box, client, '张');
    const second = await searchFor(box, client, '张三');
    expect(first.signal?.aborted).to.equal(true);
    first.answer({ records: sampleRecords(3) });
    second.answer({ records: sampleRecords(1, 7) });
    await settle(box);
    expect(all(box, '[role=option]')).to.have.length(1);
    expect(panelText(box)).to.contain('吴');
  });

  it('aborts when it leaves the page', async () => {
    const { box, client } = await setUp();
    const search = await searchFor(box, client, '张');
    box.remove();
    expect(search.signal?.aborted).to.equal(true);
  });

  it('keeps the rows before while a newer search is under way', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(2));
    await searchFor(box, client, '张三');
    await box.updateComplete;
    expect(all(box, '[role=option]')).to.have.length(2);
    expect(find(box, '[role=listbox]').getAttribute('aria-busy')).to.equal('true');
  });

  it('shows a skeleton of the very height of the rows while the first search is under way', async () => {
    const { box, client } = await setUp();
    await searchFor(box, client, '张');
    await box.updateComplete;
    expect(all(box, '.skeleton')).to.have.length(3);
    const height = all(box, '.skeleton')[0]?.offsetHeight;
    client.searches[0]?.answer({ records: sampleRecords(3) });
    await settle(box);
    expect(all(box, '[role=option]').map((row) => row.offsetHeight)).to.deep.equal([height, height, height]);
    expect(await axeFindings(box)).to.deep.equal([]);
  });

  it('does not search while an input method composes, only when the word stands', async () => {
    const { box, client } = await setUp();
    type(box, 'zhang', { isComposing: true });
    const key = await press(box, 'Enter', { isComposing: true });
    expect(key.defaultPrevented).to.equal(false);
    const next = client.nextSearch();
    field(box).value = '张';
    field(box).dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true, data: '张' }));
    expect((await next).query).to.deep.equal({ text: '张' });
    expect(client.searches).to.have.length(1);
  });

  it('closes and forgets when the text is cleared', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(2));
    find(box, '[aria-label="清除"]').click();
    await box.updateComplete;
    expect(box.shadowRoot?.querySelector('.panel')).to.equal(null);
    expect(field(box).value).to.equal('');
    expect(box.shadowRoot?.activeElement).to.equal(field(box));
  });

  it('clear() empties text and filters and ends the search', async () => {
    const { box, client } = await setUp();
    const search = await searchFor(box, client, '张');
    box.clear();
    await box.updateComplete;
    expect(search.signal?.aborted).to.equal(true);
    expect(field(box).value).to.equal('');
  });

  it('drops the rows when the archive or the user changes', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(2));
    const other = new StubArchiveClient();
    const next = other.nextSearch();
    box.client = other;
    (await next).answer({ records: [] });
    await settle(box);
    expect(all(box, '[role=option]')).to.have.length(0);
  });
});

describe('anjuan-search-box: keyboard', () => {
  it('moves with the arrows and chooses with Enter, the focus staying in the field', async () => {
    const { box, client } = await setUp();
    const ids = chosen(box);
    await showRecords(box, client, sampleRecords(3));
    await press(box, 'ArrowDown');
    await press(box, 'ArrowDown');
    expect(field(box).getAttribute('aria-activedescendant')).to.equal('option-1');
    expect(find(box, '#option-1').getAttribute('aria-selected')).to.equal('true');
    expect(box.shadowRoot?.activeElement).to.equal(field(box));
    await press(box, 'Enter');
    expect(ids).to.deep.equal(['record-1']);
    expect(box.shadowRoot?.querySelector('.panel')).to.equal(null);
  });

  it('uses Home and End for the list only while an option is active', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(4));
    expect((await press(box, 'End')).defaultPrevented).to.equal(false);
    await press(box, 'ArrowDown');
    await press(box, 'End');
    expect(field(box).getAttribute('aria-activedescendant')).to.equal('option-3');
    await press(box, 'Home');
    expect(field(box).getAttribute('aria-activedescendant')).to.equal('option-0');
  });

  it('closes with Escape, then clears with Escape, then leaves the key to the host', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(1));
    await press(box, 'Escape');
    expect(field(box).getAttribute('aria-expanded')).to.equal('false');
    expect(field(box).value).to.equal('张');
    await press(box, 'Escape');
    expect(field(box).value).to.equal('');
    expect((await press(box, 'Escape')).defaultPrevented).to.equal(false);
  });

  it('closes when the focus goes elsewhere, and shows the same rows when it returns', async () => {
    const { box, client } = await setUp();
    const elsewhere = document.createElement('button');
    document.body.append(elsewhere);
    made.push(elsewhere);
    await showRecords(box, client, sampleRecords(2));
    elsewhere.focus();
    await box.updateComplete;
    expect(box.shadowRoot?.querySelector('.panel')).to.equal(null);
    box.focus();
    await box.updateComplete;
    expect(all(box, '[role=option]')).to.have.length(2);
    expect(client.searches).to.have.length(1);
  });

  it('puts the cursor in the field with focus()', async () => {
    const { box } = await setUp();
    box.focus();
    expect(box.shadowRoot?.activeElement).to.equal(field(box));
  });

  it('has targets of 44 px for touch', async () => {
    const { box } = await setUp();
    box.dataset['density'] = 'touch';
    expect(field(box).offsetHeight).to.be.at.least(44);
    expect(find(box, '.filter-toggle').offsetWidth).to.be.at.least(44);
  });

  it('opens again with the arrow after Escape', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(2));
    await press(box, 'Escape');
    await press(box, 'ArrowDown');
    expect(field(box).getAttribute('aria-expanded')).to.equal('true');
  });

  it('chooses the only match of a scanned number, even when Enter comes before the answer', async () => {
    const { box, client } = await setUp();
    const ids = chosen(box);
    const next = client.nextSearch();
    type(box, 'BA20260003');
    await press(box, 'Enter');
    (await next).answer({ records: sampleRecords(1, 3) });
    await settle(box);
    expect(ids).to.deep.equal(['record-3']);
    expect(client.searches).to.have.length(1);
  });

  it('does not choose for the user when several match', async () => {
    const { box, client } = await setUp();
    const ids = chosen(box);
    const next = client.nextSearch();
    type(box, '张');
    await press(box, 'Enter');
    (await next).answer({ records: sampleRecords(2) });
    await settle(box);
    expect(ids).to.deep.equal([]);
  });
});

describe('anjuan-search-box: more rows', () => {
  it('loads the next page from the last line, by keyboard', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(20), { continuation: 'page-2', total: 23 });
    expect(find(box, '.more').textContent).to.contain('还有 3 份');
    await press(box, 'ArrowUp');
    const next = client.nextSearch();
    await press(box, 'Enter');
    const search = await next;
    expect(search.continuation).to.equal('page-2');
    search.answer({ records: sampleRecords(3, 20), total: 23 });
    await settle(box);
    expect(all(box, '[role=option]')).to.have.length(23);
    expect(field(box).getAttribute('aria-activedescendant')).to.equal('option-20');
  });

  it('keeps the rows when the next page fails, and tries again', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(20), { continuation: 'page-2' });
    const next = client.nextSearch();
    find(box, '.more').click();
    (await next).fail(new AnjuanError('network-timeout'));
    await settle(box);
    expect(all(box, '[role=option]')).to.have.length(21);
    expect(find(box, '.more').textContent).to.contain('病案库响应太慢');
    const again = client.nextSearch();
    find(box, '.more').click();
    (await again).answer({ records: sampleRecords(1, 20) });
    await settle(box);
    expect(all(box, '[role=option]')).to.have.length(21);
    expect(box.shadowRoot?.querySelector('.more')).to.equal(null);
  });
});

describe('anjuan-search-box: states', () => {
  it('says what was searched and what else to try when nothing matches', async () => {
    const { box, client } = await setUp();
    (await searchFor(box, client, '不存在')).answer({ records: [] });
    await settle(box);
    expect(panelText(box)).to.contain('没有找到符合条件的病案');
    expect(panelText(box)).to.contain('已查找：不存在');
    expect(panelText(box)).to.contain('首字母');
    expect(find(box, '[role=status]').textContent).to.equal('没有找到符合条件的病案');
    expect(await axeFindings(box)).to.deep.equal([]);
  });

  it('shows code, request id and a way to retry when the archive fails', async () => {
    const { box, client } = await setUp();
    (await searchFor(box, client, '张')).fail(new AnjuanError('network-unavailable', { requestId: 'req-7' }));
    await settle(box);
    expect(panelText(box)).to.contain('病案库正忙或正在维护');
    expect(panelText(box)).to.contain('network-unavailable · req-7');
    expect(await axeFindings(box)).to.deep.equal([]);
    const next = client.nextSearch();
    find(box, '[part=state-action]').click();
    (await next).answer({ records: sampleRecords(1) });
    await settle(box);
    expect(all(box, '[role=option]')).to.have.length(1);
    expect(box.shadowRoot?.activeElement).to.equal(field(box));
  });

  it('says so when no archive is connected', async () => {
    const { box } = await setUp();
    box.client = undefined;
    await box.updateComplete;
    type(box, '张');
    await box.updateComplete;
    expect(panelText(box)).to.contain('还没有连接病案库');
  });

  it('changes language at once, with rows open', async () => {
    const { box, client } = await setUp();
    await showRecords(box, client, sampleRecords(2), { total: 2 });
    box.lang = 'en';
    await box.updateComplete;
    expect(panelText(box)).to.contain('2 records found');
    expect(panelText(box)).to.contain('Male 84 y');
    expect(field(box).placeholder).to.match(/^Name, pinyin/);
  });

  it('has no axe findings with rows, an active row, more and filters', async () => {
    const { box, client } = await setUp();
    expect(await axeFindings(box)).to.deep.equal([]);
    await showRecords(box, client, sampleRecords(20), { continuation: 'page-2', total: 99 });
    expect(await axeFindings(box)).to.deep.equal([]);
    find(box, '.filter-toggle').click();
    await press(box, 'ArrowDown');
    expect(await axeFindings(box)).to.deep.equal([]);
  });
});

describe('anjuan-search-box: filters', () => {
  async function setFilter(box: AnjuanSearchBox, name: string, value: string): Promise<void> {
    const input = find<HTMLInputElement>(box, `[data-filter=${name}] input`);
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await box.updateComplete;
  }

  it('searches by filters alone and clears them', async () => {
    const { box, client } = await setUp();
    find(box, '.filter-toggle').click();
    await box.updateComplete;
    const next = client.nextSearch();
    await setFilter(box, 'department', '儿科');
    await setFilter(box, 'dischargedFrom', '2026-03-01');
    const search = await next;
    expect(search.query).to.deep.equal({ department: '儿科', dischargedFrom: '2026-03-01' });
    search.answer({ records: [] });
    await settle(box);
    expect(find(box, '.filter-toggle').getAttribute('aria-label')).to.equal('筛选（已设 2 项）');
    find(box, '.filters .button').click();
    await box.updateComplete;
    expect(find(box, '.filter-toggle').getAttribute('aria-label')).to.equal('筛选');
  });

  it('asks to mend a date range that runs backwards instead of searching', async () => {
    const { box, client } = await setUp();
    find(box, '.filter-toggle').click();
    await box.updateComplete;
    await setFilter(box, 'dischargedFrom', '2026-03-02');
    await setFilter(box, 'dischargedTo', '2026-03-01');
    expect(find(box, '.filter-note').textContent).to.contain('开始日期晚于结束日期');
    await settle(box);
    expect(client.searches).to.have.length(0);
  });
});

describe('anjuan-search-box: hostile and private text', () => {
  const hostile: RecordSummary = {
    recordId: 'hostile',
    patientId: 'p',
    patientName: `<img src=x onerror="document.title='owned'">\u202e${'长'.repeat(10_000)}`,
    gender: 'unknown',
    department: '<script>alert(1)</script>',
    mainDiagnosis: { text: '诊'.repeat(10_000) },
  };

  it('shows markup as text and cuts names of 10 kB without growing wider than its room', async () => {
    const { box, client } = await setUp();
    box.style.width = '360px';
    await showRecords(box, client, [hostile]);
    expect(all(box, '.option img, .option script')).to.have.length(0);
    expect(panelText(box)).to.contain('<img src=x');
    expect(panelText(box).length).to.be.lessThan(400);
    const panel = find(box, '.panel');
    expect(panel.scrollWidth).to.be.at.most(panel.clientWidth);
    expect(find(box, '.option').offsetHeight).to.be.lessThan(140);
  });

  it('puts no patient data and no query into attributes or the event', async () => {
    const { box, client } = await setUp();
    const details: unknown[] = [];
    box.addEventListener('anjuan-record-chosen', (event) => details.push(structuredClone(event.detail)));
    await showRecords(box, client, sampleRecords(2));
    const attributes = [box, ...all(box, '*')].flatMap((element) => [...element.attributes].map(({ value }) => value));
    expect(attributes.join(' ')).to.not.match(/张|BA2026|record-0|patient-0/);
    all(box, '[role=option]')[0]?.click();
    expect(details).to.deep.equal([{ recordId: 'record-0' }]);
  });
});
