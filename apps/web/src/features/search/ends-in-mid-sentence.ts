/** Whether a stretch of text was cut, as far as its last character tells: most passages are longer than what is shown of them. */
export function endsInMidSentence(text: string): boolean {
  return /[\p{L}\p{N},;:–-]$/u.test(text.trimEnd());
}
