import { Document, HeadingLevel, Packer, Paragraph } from 'docx';
import { PDFDocument, StandardFonts } from 'pdf-lib';

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

export async function makeDocx(name: string, heading: string, paragraphs: readonly string[]): Promise<SampleFile> {
  const children = [new Paragraph({ text: heading, heading: HeadingLevel.HEADING_1 }), ...paragraphs.map((text) => new Paragraph(text))];
  return { name, mimeType: wordType, buffer: await Packer.toBuffer(new Document({ sections: [{ children }] })) };
}

export function makeMarkdown(name: string, text: string): SampleFile {
  return { name, mimeType: 'text/markdown', buffer: Buffer.from(text) };
}
