import { Document, HeadingLevel, Packer, Paragraph } from 'docx';
import { PDFDocument, PDFHexString, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';

/** A file as the browser hands it over. */
export interface SampleFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A PDF of several pages; `passages[n]` stands on page n + 1 under a heading of its own. */
export async function makePdf(name: string, passages: readonly string[]): Promise<SampleFile> {
  const pdf = await PDFDocument.create();
  const [body, bold] = [await pdf.embedFont(StandardFonts.TimesRoman), await pdf.embedFont(StandardFonts.TimesRomanBold)];
  for (const [index, passage] of passages.entries()) {
    const page = pdf.addPage([595, 842]);
    page.drawText(`Chapter ${index + 1}`, { x: 70, y: 760, size: 20, font: bold });
    page.drawText(passage, { x: 70, y: 720, size: 11, font: body, maxWidth: 455, lineHeight: 16 });
  }
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(await pdf.save()) };
}

/** A PDF that opens with a password only. */
export async function makeProtectedPdf(name: string): Promise<SampleFile> {
  const pdf = await PDFDocument.create();
  pdf.addPage([595, 842]).drawText('Nobody reads this without the word.', { x: 70, y: 720, size: 11 });
  const { context } = pdf;
  // Of the standard handler; no password leads to these hashes, the empty one neither.
  const hash = (byte: string) => PDFHexString.of(byte.repeat(32));
  context.trailerInfo.Encrypt = context.register(context.obj({ Filter: 'Standard', V: 1, R: 2, P: -4, O: hash('a7'), U: hash('5c') }));
  context.trailerInfo.ID = context.obj([PDFHexString.of('00'.repeat(16)), PDFHexString.of('00'.repeat(16))]);
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(await pdf.save({ useObjectStreams: false })) };
}

/** A PDF as a scanner makes it: a picture and no letter. */
export async function makeScannedPdf(name: string): Promise<SampleFile> {
  const picture = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#c9c2b5' } })
    .jpeg()
    .toBuffer();
  const pdf = await PDFDocument.create();
  pdf.addPage([595, 842]).drawImage(await pdf.embedJpg(picture), { x: 0, y: 0, width: 595, height: 842 });
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(await pdf.save()) };
}

export async function makeDocx(name: string, heading: string, paragraphs: readonly string[]): Promise<SampleFile> {
  const children = [new Paragraph({ text: heading, heading: HeadingLevel.HEADING_1 }), ...paragraphs.map((text) => new Paragraph(text))];
  return { name, mimeType: wordType, buffer: await Packer.toBuffer(new Document({ sections: [{ children }] })) };
}

export function makeMarkdown(name: string, text: string): SampleFile {
  return { name, mimeType: 'text/markdown', buffer: Buffer.from(text) };
}

/** A file of any type and content. */
export function makeFile(name: string, mimeType: string, content: string | Buffer): SampleFile {
  return { name, mimeType, buffer: Buffer.from(content) };
}
