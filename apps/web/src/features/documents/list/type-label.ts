const labels: Record<string, string> = {
  'application/pdf': 'PDF',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'text/markdown': 'Markdown',
  'text/html': 'HTML',
  'text/plain': 'Text',
};

/** What people call a content type. */
export function typeLabel(contentType: string): string {
  return labels[contentType.split(';')[0]?.trim() ?? ''] ?? 'File';
}
