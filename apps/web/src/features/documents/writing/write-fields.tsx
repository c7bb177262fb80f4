'use client';

import { useId } from 'react';
import { takeFocus } from '@/platform/take-focus';

interface FieldProps {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** The title, as large as it will stand over the document. */
export function TitleInput({ value, error, onChange }: FieldProps) {
  const id = useId();
  return (
    <div>
      <input
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-label="Title"
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : id}
        placeholder="Title"
        maxLength={200}
        autoComplete="off"
        ref={takeFocus}
        className="w-full border-b border-line bg-transparent pb-2 font-serif text-xl text-ink outline-none placeholder:text-secondary focus:border-accent aria-invalid:border-danger"
      />
      <Mistake id={id} text={error} />
    </div>
  );
}

/** The text. Grows with what is written, so that the page scrolls and not a box in it. */
export function TextArea({ value, error, onChange }: FieldProps) {
  const id = useId();
  return (
    <div>
      <textarea
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-label="Text, in Markdown"
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={`${id}-hint${error === undefined ? '' : ` ${id}`}`}
        placeholder="Write in Markdown"
        spellCheck
        className="prose-width block min-h-[52vh] w-full resize-none bg-transparent text-base text-ink outline-none placeholder:text-secondary [field-sizing:content]"
      />
      <p id={`${id}-hint`} className="pt-2 text-xs text-secondary">
        <code className="font-mono"># heading</code>, <code className="font-mono">- list</code>,{' '}
        <code className="font-mono">&gt; quote</code>. Headings become the outline, and say in search where a passage stands.
      </p>
      <Mistake id={id} text={error} />
    </div>
  );
}

function Mistake({ id, text }: { id: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p id={id} role="alert" className="pt-1.5 text-xs text-danger">
      {text}
    </p>
  );
}
