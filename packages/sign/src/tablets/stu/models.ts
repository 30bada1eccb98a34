/** USB vendor of the STU tablets. */
export const WACOM_VENDOR_ID = 0x056a;

/** What a model can do beyond the common reports. @source WacomGSS/STU Protocol.hpp, compatibility notes */
export interface StuModel {
  readonly name: string;
  /** 1: Diffie-Hellman of 128 bits, refused; 2: RSA and AES; `tls`: another protocol altogether. */
  readonly encryption: 1 | 2 | 'tls';
  /** Parts of the screen can be cleared and drawn. */
  readonly areas: boolean;
  /** Most that its pen data can carry: nothing, a time counter, or time and sequence. */
  readonly option: 'none' | 'time' | 'time-and-sequence';
  /** Longest image block in bytes. */
  readonly blockBytes: number;
}

const old = { encryption: 1, areas: false, blockBytes: 253 } as const;
const recent = { encryption: 2, areas: true, option: 'time-and-sequence', blockBytes: 253 } as const;

/** Models by USB product id. */
export const stuModels: Readonly<Record<number, StuModel>> = {
  0xa1: { ...old, name: 'STU-500', option: 'none' },
  0xa2: { ...old, name: 'STU-300', option: 'none' },
  0xa3: { ...old, name: 'STU-520', option: 'time' },
  0xa4: { ...recent, name: 'STU-430' },
  0xa5: { ...recent, name: 'STU-530' },
  0xa6: { ...recent, name: 'STU-430V' },
  0xa8: { ...recent, name: 'STU-540', blockBytes: 2557 },
  0xa9: { ...recent, name: 'STU-541', encryption: 'tls' },
};
