// Every tool of signing, for pages without a build that draw seals, drive tablets or sign by themselves.
export * from '@anjuan/sign';
