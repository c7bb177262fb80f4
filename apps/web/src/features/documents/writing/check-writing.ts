/** What is wrong with a title and a text, in words; nothing where all is well. */
export function checkWriting({ title, text }: { title: string; text: string }, maxCharacters: number): { title?: string; text?: string } {
  const length = text.length;
  return {
    ...(title.trim() === '' ? { title: 'A document needs a title.' } : {}),
    ...(text.trim() === '' ? { text: 'There is nothing written yet.' } : {}),
    ...(length > maxCharacters
      ? {
          text: `This text has ${length.toLocaleString('en')} characters; ${maxCharacters.toLocaleString('en')} fit. Split it into two documents.`,
        }
      : {}),
  };
}
