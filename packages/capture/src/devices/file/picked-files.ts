/** Attributes of an `<input type="file">`, as plain data for a template. */
export interface FileInputAttributes {
  readonly accept: string;
  readonly multiple: boolean;
  /** Phones and tablets then open the camera at once. */
  readonly capture?: 'environment';
}

/** What the input is for. */
export interface FileInputOptions {
  readonly from: 'files' | 'mobile-camera';
}

const PICTURES = 'image/jpeg,image/png,image/webp,image/bmp';
/** With endings: Windows knows no MIME type for TIFF where no program claims it. */
const ACCEPT = `${PICTURES},image/tiff,application/pdf,.jpg,.jpeg,.png,.webp,.bmp,.tif,.tiff,.pdf`;

/** The attributes for a picker or for the camera of a phone. @source HTML Media Capture 5.1 */
export function fileInput({ from }: FileInputOptions): FileInputAttributes {
  if (from === 'mobile-camera') return { accept: 'image/*', multiple: false, capture: 'environment' };
  return { accept: ACCEPT, multiple: true };
}

/** Where files come from: an input's `files`, a drop or a paste. */
export type PickedFiles = Iterable<File> | ArrayLike<File> | DataTransfer | null | undefined;

/**
 * The files in it, in order, each once. Texts and links of a drop are left out; folders, too, as browsers show them as files
 * that cannot be read. Whether a file is of use is told by its bytes when it is opened.
 */
export function filesFrom(picked: PickedFiles): readonly File[] {
  if (picked === null || picked === undefined) return [];
  if (!isTransfer(picked)) return unique(Array.from(picked));
  const items = Array.from(picked.items ?? []);
  const fromItems = items.filter((item) => item.kind === 'file' && !isFolder(item)).map((item) => item.getAsFile());
  const files = fromItems.filter((file) => file !== null);
  return unique(items.length > 0 ? files : Array.from(picked.files ?? []));
}

function isTransfer(picked: NonNullable<PickedFiles>): picked is DataTransfer {
  return 'getData' in picked || 'items' in picked;
}

function isFolder(item: DataTransferItem): boolean {
  return typeof item.webkitGetAsEntry === 'function' && item.webkitGetAsEntry()?.isDirectory === true;
}

/** A pasted picture often stands twice in the clipboard. */
function unique(files: readonly File[]): readonly File[] {
  const seen = new Set<string>();
  return files.filter((file) => {
    const key = `${file.name}\n${file.size}\n${file.type}\n${file.lastModified}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
