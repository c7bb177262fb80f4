import { AppError } from '@repo/errors';

/** Bytes looked at to tell text from binary and one encoding from another. */
const sampleBytes = 64 * 1024;

/**
 * Turns the bytes of a text file into a string. The byte order mark decides; without one UTF-16 is told by where
 * its zero bytes stand, UTF-8 by being valid, and everything else is read as windows-1252, which never fails.
 * A file that is UTF-8 but for a few broken bytes keeps its text, with U+FFFD in their place.
 * Throws `document.type_mismatch` for bytes that are no text.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, sampleBytes);
  const wide = utf16Without(sample);
  if (wide) return wide;
  refuseBinary(sample);
  return looksLikeUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

/** UTF-16 of a mostly Latin text has a zero in every second byte and hardly one in the others. */
function utf16Without(sample: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  let even = 0;
  let odd = 0;
  for (let index = 0; index + 1 < sample.length; index += 2) {
    if (sample[index] === 0) even += 1;
    if (sample[index + 1] === 0) odd += 1;
  }
  const pairs = Math.max(1, sample.length >> 1);
  if (pairs < 2) return undefined;
  if (odd / pairs > 0.4 && even / pairs < 0.05) return 'utf-16le';
  if (even / pairs > 0.4 && odd / pairs < 0.05) return 'utf-16be';
  return undefined;
}

/** A stray NUL is forgiven; a file with many control bytes is a program, a picture or an archive. */
function refuseBinary(sample: Uint8Array): void {
  let control = 0;
  for (const byte of sample) if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) control += 1;
  if (control > Math.max(8, sample.length * 0.02)) {
    throw new AppError('document.type_mismatch', { detail: `${control} control bytes in the first ${sample.length}` });
  }
}

/** Valid, or with so few faults (one in a thousand of the non-ASCII sequences, at least one) that it must be meant. */
function looksLikeUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return mostlyUtf8(bytes);
  }
}

function mostlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let broken = 0;
  for (let index = 0; index < bytes.length;) {
    const byte = bytes[index]!;
    if (byte < 0x80) {
      index += 1;
      continue;
    }
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0;
    const whole =
      length > 0 && bytes.subarray(index + 1, index + length).every((next) => (next & 0xc0) === 0x80) && index + length <= bytes.length;
    if (whole) good += 1;
    else broken += 1;
    index += whole ? length : 1;
  }
  return good > 0 && broken <= Math.max(1, good / 10);
}
