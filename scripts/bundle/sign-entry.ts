// Signing for pages without a build: a module script after anjuan.min.js, whose core and lit it shares.
import '@anjuan/sign/define';

export { fixedTrustStore, openSigningDesk, watchSignatures } from '@anjuan/sign';
