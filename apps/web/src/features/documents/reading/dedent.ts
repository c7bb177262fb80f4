/** Takes away the white space that all lines of a code block begin with; where code stands in a list it means nothing. */
export function dedent(code: string): string {
  const lines = code.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const common = indents.length === 0 ? 0 : Math.min(...indents);
  return common === 0 ? code : lines.map((line) => line.slice(common)).join('\n');
}
