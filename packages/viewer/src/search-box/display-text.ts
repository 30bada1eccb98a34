/** Control signs, line ends, and signs that reorder text around them. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

/**
 * Text of an archive made fit for one line on screen: no control or direction signs, at most `maxChars` characters
 * with an ellipsis. A 10 kB name must neither fill the screen nor be read out whole.
 */
export function displayText(value: string | undefined, maxChars: number): string {
  // Cut first: a name can be megabytes; a character takes at most two code units, and hidden signs are rare.
  const clean = (value ?? '')
    .slice(0, maxChars * 8)
    .replace(HIDDEN, ' ')
    .trim();
  const chars = [...clean];
  return chars.length > maxChars ? `${chars.slice(0, maxChars - 1).join('')}…` : clean;
}
