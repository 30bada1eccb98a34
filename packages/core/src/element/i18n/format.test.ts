import { expect } from 'chai';
import { formatAge, formatDate, formatDateTime, formatNumber } from './format.js';

describe('dates and numbers', () => {
  it('shows the time on the wall of the hospital, wherever the browser is', () => {
    expect(formatDateTime('2026-03-02T09:12:00+08:00')).to.equal('2026-03-02 09:12');
    expect(formatDateTime('2026-03-01T17:30:00Z')).to.equal('2026-03-02 01:30');
    expect(formatDate('2026-03-01T17:30:00Z')).to.equal('2026-03-02');
  });

  it('keeps a plain date, a month and a year as they are', () => {
    expect(['2026-03-02', '2026-03', '2026'].map((date) => formatDate(date))).to.deep.equal([
      '2026-03-02',
      '2026-03',
      '2026',
    ]);
    expect(formatDateTime('2026-03-02')).to.equal('2026-03-02');
  });

  it('shows nothing for nonsense', () => {
    expect(formatDate('soon')).to.equal('');
    expect(formatDateTime(undefined)).to.equal('');
  });

  it('groups numbers with thin spaces', () => {
    expect(formatNumber(1234567, 'zh-CN')).to.equal('1\u202f234\u202f567');
    expect(formatNumber(412, 'en')).to.equal('412');
  });

  it('counts age in days, months, then years', () => {
    const on = '2026-03-02T09:00:00+08:00';
    expect(formatAge('2026-02-25', on, 'zh-CN')).to.equal('5 天');
    expect(formatAge('2025-03-03', on, 'zh-CN')).to.equal('11 月龄');
    expect(formatAge('1964-03-02', on, 'zh-CN')).to.equal('62 岁');
    expect(formatAge('1964-03-03', on, 'en')).to.equal('61 y');
    expect(formatAge('2027-01-01', on, 'en')).to.equal('');
    expect(formatAge(undefined, on, 'en')).to.equal('');
  });
});
