import type { DocumentContentType } from '@repo/contracts/documents';
import { AppError } from '@repo/errors';

const pdfMark = Buffer.from('%PDF-');
const zipMark = Buffer.from([0x50, 0x4b]);
/** Legacy Office files, and .docx files that Word has encrypted, are OLE containers. */
const oleMark = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
/** Readers accept a PDF whose header stands anywhere in the first kilobyte. */
const pdfHeaderWindowBytes = 1024;

/**
 * Checks that the first bytes are those of the announced type. Throws `document.empty` for no bytes at all,
 * `document.encrypted` for a protected Word file, otherwise `document.type_mismatch`.
 */
export function assertTypeMatches(bytes: Buffer, contentType: DocumentContentType): void {
  if (bytes.length === 0) throw new AppError('document.empty');
  const isPdf = bytes.subarray(0, pdfHeaderWindowBytes).includes(pdfMark);
  const isZip = bytes.subarray(0, 2).equals(zipMark);
  const isOle = bytes.subarray(0, 4).equals(oleMark);
  if (contentType === 'application/pdf') return expectType(isPdf, 'no PDF header');
  if (contentType === 'application/vnd.openxmlformats-officedocument.wordprocessingml.document') {
    if (isOle && bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')))
      throw new AppError('document.encrypted', { detail: 'encrypted Word file' });
    return expectType(isZip, 'no zip header');
  }
  const isTextWithMark =
    bytes.subarray(0, 5).equals(pdfMark) || bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1')) || isOle;
  expectType(!isTextWithMark, 'a text file with the header of another type');
}

function expectType(matches: boolean, detail: string): void {
  if (!matches) throw new AppError('document.type_mismatch', { detail });
}
