// Every device driver and tool of capture, for pages without a build that import what their house owns.
export * from '@anjuan/capture';
