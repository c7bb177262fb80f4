import { type DocumentContentType, maxDocumentBytes } from '@repo/contracts/documents';
import { formatSize } from '@/platform/format-size';

/** What people call the types that can be read; a new type does not compile until it has a name here. */
const typeNames: Record<DocumentContentType, string> = {
  'application/pdf': 'PDF',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'text/markdown': 'Markdown',
  'text/html': 'HTML',
  'text/plain': 'plain text',
};
const types = new Intl.ListFormat('en', { type: 'disjunction' }).format(Object.values(typeNames));

const facts = [
  {
    term: 'Drop it in',
    text: `${types}, up to ${formatSize(maxDocumentBytes)} a file. You watch each one being read; within moments it can be found.`,
  },
  {
    term: 'Find the passage',
    text: 'Type what you remember, in any language. The answer is the paragraph itself, with the words marked and the heading it stands under.',
  },
  {
    term: 'Keep it among you',
    text: 'Each organization sees its own documents and nothing else. Invite people by mail, choose their role, remove them when they leave.',
  },
];

/** What happens to a document, as three lines to read; not a row of boxes. */
export function HowItWorks() {
  return (
    <dl className="divide-y divide-line border-y border-line">
      {facts.map(({ term, text }) => (
        <div key={term} className="grid gap-x-10 gap-y-1 py-6 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <dt className="font-serif text-lg">{term}</dt>
          <dd className="prose-width text-base text-secondary">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
