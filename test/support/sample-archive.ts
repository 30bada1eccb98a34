import {
  createArchive,
  fixedUser,
  loadSnapshot,
  type Authenticator,
  type LoadedSnapshot,
  type Principal,
} from '@anjuan/archive';
import type { Transport } from '@anjuan/core';

/** The record room: reads every sample record. */
export const clerk: Principal = {
  userId: 'pr-rec-1',
  name: 'clerk',
  roles: ['REC'],
  departments: [],
  purpose: 'RECORDMGT',
};

/** A doctor of another house: treats nobody of the samples. */
export const strangeDoctor: Principal = { userId: 'pr-none', name: 'doctor', roles: ['DOC'], departments: ['none'] };

let loading: Promise<LoadedSnapshot> | undefined;

/** The archive with the committed sample records, in this page. */
export function sampleArchive(
  options: {
    /** Default: the record room. */
    readonly auth?: Authenticator;
    /** False: any FHIR engine, without page service. Default true. */
    readonly pageService?: boolean;
  } = {},
): Transport {
  let archive: Promise<Transport> | undefined;
  const open = async (): Promise<Transport> => {
    const { store, blobs, pageService } = await (loading ??= loadSnapshot('/story-archive/'));
    const auth = options.auth ?? fixedUser(clerk);
    const made = createArchive({ store, blobs, auth, ...(options.pageService === false ? {} : { pageService }) });
    return (request) => made.handle(request);
  };
  return async (request) => (await (archive ??= open()))(request);
}
