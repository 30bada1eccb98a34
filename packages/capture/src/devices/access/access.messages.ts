import { defineMessages } from '@anjuan/core/element';

/** Texts of the devices panel: what may be used, what stands in the way, and what to do about it. */
export const accessMessages = defineMessages({
  'zh-CN': {
    feature: {
      camera: '高拍仪 / 摄像头',
      hid: '脚踏、读卡器（HID）',
      usb: 'USB 扫描仪、读卡器',
      serial: '串口读卡器',
      services: '本机设备服务',
    },
    state: {
      available: '可以使用',
      ask: '首次使用时需要允许',
      'denied-by-user': '已被拒绝',
      'blocked-by-policy': '被单位策略禁止',
      'blocked-by-iframe': '外层页面没有放行',
      'insecure-context': '页面未使用 https，浏览器不允许',
      'unsupported-browser': '当前浏览器不支持',
      'local-network-blocked': '浏览器禁止访问本机服务',
    },
    fix: {
      nothing: (_token: string) => '',
      answerAllow: (_token: string) => '浏览器询问时请点“允许”',
      chooseDevice: (_token: string) => '点“连接设备”，在浏览器窗口中选择设备',
      siteSettings: (_token: string) => '点地址栏左侧的图标，在网站设置中改为“允许”，再刷新页面',
      iframeAllow: (token: string) => `请外层系统的厂商在 iframe 的 allow 中加入“${token}”`,
      permissionsPolicy: (token: string) => `请信息科在 Permissions-Policy 或浏览器策略中放行“${token}”`,
      serveHttps: (_token: string) =>
        '请信息科改用 https 访问，或在浏览器策略中把本站列为安全来源；也可直接选择文件上传',
      useChromium: (_token: string) => '请使用新版 Edge 或 Chrome，或改用厂商的设备服务',
      allowLocalNetwork: (_token: string) => '请在网站设置中允许“访问本机/本地网络”，或请信息科在浏览器策略中放行',
    },
    service: {
      running: '服务正在运行',
      'not-installed': '没有安装或没有启动，请安装或启动厂商的设备服务',
      'no-answer': '服务没有回应，请重启厂商的设备服务',
      unknown: '尚未检查，检查时浏览器会询问是否允许',
      blocked: '浏览器不允许访问，尚不知道是否已安装',
    },
  },
  en: {
    feature: {
      camera: 'Document camera',
      hid: 'Pedals and card readers (HID)',
      usb: 'USB scanners and card readers',
      serial: 'Serial card readers',
      services: 'Device services on this computer',
    },
    state: {
      available: 'Can be used',
      ask: 'Needs your permission at first use',
      'denied-by-user': 'Was refused',
      'blocked-by-policy': 'Forbidden by policy',
      'blocked-by-iframe': 'The surrounding page does not pass it on',
      'insecure-context': 'The page is plain http, so the browser forbids it',
      'unsupported-browser': 'This browser does not have it',
      'local-network-blocked': 'The browser blocks services on this computer',
    },
    fix: {
      nothing: (_token: string) => '',
      answerAllow: (_token: string) => 'Answer “Allow” when the browser asks',
      chooseDevice: (_token: string) => 'Press “Connect a device” and choose it in the window of the browser',
      siteSettings: (_token: string) =>
        'Open the site settings left of the address, set it to “Allow” and reload the page',
      iframeAllow: (token: string) =>
        `Ask the vendor of the surrounding system to add “${token}” to the iframe's allow list`,
      permissionsPolicy: (token: string) =>
        `Ask IT to allow “${token}” in the Permissions-Policy header or browser policy`,
      serveHttps: (_token: string) =>
        'Ask IT to serve the page by https or to list it as a secure origin; or add files instead',
      useChromium: (_token: string) => "Use a current Edge or Chrome, or the vendor's device service",
      allowLocalNetwork: (_token: string) =>
        'Allow local network access in the site settings, or ask IT to allow it by policy',
    },
    service: {
      running: 'The service is running',
      'not-installed': "Not installed or not started: install or start the vendor's service",
      'no-answer': "The service does not answer: restart the vendor's service",
      unknown: 'Not checked yet; the browser will ask for permission',
      blocked: 'The browser does not let the page look, so nobody knows whether it is installed',
    },
  },
});
