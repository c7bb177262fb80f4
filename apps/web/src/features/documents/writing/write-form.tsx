'use client';

import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useRef, useState } from 'react';
import { ApiError, type Failure } from '@/api/api-error';
import { callApi } from '@/api/browser';
import { readFailure } from '@/api/read-failure';
import { Button, ButtonLink } from '@/components/button';
import { FailureNotice } from '@/components/failure-notice';
import { checkWriting } from './check-writing';
import { DraftState } from './draft-state';
import { TextArea, TitleInput } from './write-fields';
import { useDraft } from './use-draft';

/** A title and a text in Markdown. What is written stays in this browser until it is saved. */
export default function WriteForm({ organizationId, maxCharacters }: { organizationId: string; maxCharacters: number }) {
  const draft = useDraft(organizationId);
  const { written, setWritten } = draft;
  const { save, busy, issues, failure } = useSave({ written, maxCharacters, forgetDraft: draft.forget });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    void save();
  };
  return (
    // Ctrl Enter in either field saves.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      className="flex max-w-3xl flex-col gap-5"
    >
      <TitleInput value={written.title} error={issues.title} onChange={(title) => setWritten({ ...written, title })} />
      <TextArea value={written.text} error={issues.text} onChange={(text) => setWritten({ ...written, text })} />
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      <div className="sticky bottom-[var(--bar)] flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-page py-4 md:bottom-0">
        <DraftState {...draft} />
        <div className="ml-auto flex gap-2">
          <ButtonLink href="/documents">Cancel</ButtonLink>
          <Button type="submit" variant="primary" busy={busy}>
            Save document
          </Button>
        </div>
      </div>
    </form>
  );
}

function useSave({
  written,
  maxCharacters,
  forgetDraft,
}: {
  written: { title: string; text: string };
  maxCharacters: number;
  forgetDraft: () => void;
}) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [issues, setIssues] = useState<ReturnType<typeof checkWriting>>({});
  const [failure, setFailure] = useState<Failure>();
  // The same intent keeps its key, so that a lost answer does not make the document twice; other words are another intent.
  const intent = useRef({ text: '', key: '' });
  const save = async () => {
    const found = checkWriting(written, maxCharacters);
    setIssues(found);
    setFailure(undefined);
    if (busy || found.title !== undefined || found.text !== undefined) return;
    const body = { title: written.title.trim(), text: written.text };
    if (intent.current.text !== JSON.stringify(body)) intent.current = { text: JSON.stringify(body), key: crypto.randomUUID() };
    setBusy(true);
    try {
      const { document } = await callApi('POST /api/v1/documents', { body, idempotencyKey: intent.current.key });
      forgetDraft();
      router.push(`/documents/${document.id}`);
    } catch (thrown) {
      const error = thrown instanceof ApiError ? thrown : null;
      if (error && error.status > 0) intent.current.text = '';
      setIssues({ ...issueOf(error, 'title'), ...issueOf(error, 'text') });
      setFailure(readFailure(thrown));
      setBusy(false);
    }
  };
  return { save, busy, issues, failure };
}

function issueOf(error: ApiError | null, field: 'title' | 'text'): { title?: string; text?: string } {
  const issue = error?.issueFor(field);
  return issue === undefined ? {} : { [field]: issue };
}
