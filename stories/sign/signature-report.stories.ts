import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { AnjuanSignatureReport, type ValidationReport } from '@anjuan/sign';
import { sampleReports } from '@anjuan/sign/testing';
import { setStyle } from '@anjuan/core/element';
import type { ErrorCode } from '@anjuan/core';
import { html, type TemplateResult } from 'lit';
import { expect } from 'storybook/test';

AnjuanSignatureReport.define();

interface ReportArgs {
  readonly report?: ValidationReport;
  readonly failure?: ErrorCode;
  readonly checking?: boolean;
  readonly lang?: 'zh-CN' | 'en';
  readonly theme?: 'light' | 'dark' | 'contrast';
  readonly widthPx?: number;
}

function frame({
  report,
  failure,
  checking = false,
  lang = 'zh-CN',
  theme = 'light',
  widthPx = 720,
}: ReportArgs): TemplateResult {
  return html`<anjuan-provider lang=${lang} theme=${theme}>
    <anjuan-signature-report
      ${setStyle({ width: `${widthPx}px`, maxWidth: '100%' })}
      ?checking=${checking}
      .report=${report}
      .failure=${failure}
    ></anjuan-signature-report>
  </anjuan-provider>`;
}

const meta: Meta<ReportArgs> = { title: 'Sign/Report', component: 'anjuan-signature-report', render: frame };
export default meta;
type Story = StoryObj<ReportArgs>;

/** The verdict that a reader must meet in words. */
function says(words: string): NonNullable<Story['play']> {
  return async ({ canvasElement }) => {
    const element = canvasElement.querySelector('anjuan-signature-report');
    await element?.updateComplete;
    await expect(element?.shadowRoot?.textContent ?? '').toContain(words);
  };
}

export const Valid: Story = { args: { report: sampleReports.passed }, play: says('全部有效') };
export const TestCertificate: Story = { args: { report: sampleReports.test }, play: says('测试证书') };
export const Unknown: Story = { args: { report: sampleReports.unknown }, play: says('待核实') };
export const Tampered: Story = { args: { report: sampleReports.failed }, play: says('签署后页面内容被修改') };
export const NoSignature: Story = { args: { report: sampleReports.none }, play: says('没有电子签名') };
export const NotChecked: Story = { play: says('尚未验证') };
export const Checking: Story = { args: { checking: true }, play: says('正在验证签名') };
export const Failed: Story = { args: { failure: 'sign-worker-failed' }, play: says('请重试') };
export const English: Story = { args: { report: sampleReports.failed, lang: 'en' }, play: says('Not valid') };
export const Dark: Story = { args: { report: sampleReports.passed, theme: 'dark' } };
export const HighContrast: Story = { args: { report: sampleReports.unknown, theme: 'contrast' } };
export const Narrow: Story = { args: { report: sampleReports.failed, widthPx: 360 } };
