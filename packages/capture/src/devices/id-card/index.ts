export { createSamReader, type SamReader, type SamReaderOptions } from './create-sam-reader.js';
export type { LockRequester } from './hold-lock.js';
export { parseCardText } from './card/parse-card.js';
export { SamFramer, type SamFrame } from './sam/sam-framer.js';
export { SamSession, type CardReply, type SamSessionOptions } from './sam/sam-session.js';
export { samBaudRates, samCommands, setBaudCommand, type SamCommand } from './sam/commands.js';
export { samStatusWords, type StatusWord } from './sam/status-words.js';
export type { SamOpenOptions, SamTransport, SamTransportEvents } from './transport/sam-transport.js';
