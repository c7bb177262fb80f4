import { documentTypes, maxDocumentBytes } from '@repo/contracts/documents';
import { formatSize } from '@/platform/format-size';

const endings = Object.values(documentTypes).map((names) => names[0].slice(1).toUpperCase());

const facts = [
  {
    term: 'Drop it in',
    text: `${endings.slice(0, -1).join(', ')} or ${endings.at(-1)}, up to ${formatSize(maxDocumentBytes)} a file. You watch each one being read; within moments it can be found.`,
  },
  {
    term: 'Find the passage',
    text: 'Type what you remember, in any language. The answer is the paragraph itself, with the words marked and the heading it stands under.',
  },
  {
    term: 'Keep it among you',
    text: 'Each organization sees its own documents and nothing else. Invite people by mail, choose their role, sign them out when they leave.',
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
