import type { ReactNode } from 'react';
import type { Failure } from '@/api/api-error';
import { RequestId } from './request-id';

/** A page or section that could not be shown: what happened, what it means for the data, what to do. */
export function FailureState({ failure, action }: { failure: Failure; action?: ReactNode }) {
  return (
    <section role="alert" className="flex max-w-xl flex-col items-start gap-5 py-14 sm:py-20">
      <div className="flex flex-col gap-2">
        <h1 className="text-xl">{titleFor(failure)}</h1>
        <p className="text-base text-secondary">
          {failure.detail} {reassurance(failure)}
        </p>
      </div>
      {action}
      <RequestId id={failure.requestId} />
    </section>
  );
}

function titleFor({ status }: Failure): string {
  if (status === 403) return 'This is not open to you';
  if (status === 404) return 'Nothing is here';
  if (status === 429) return 'That was too fast';
  if (status === 0 || status === 502 || status === 503 || status === 504) return 'The service does not answer';
  return 'This page could not be shown';
}

function reassurance({ status, detail }: Failure): string {
  if (status < 500 && status !== 0) return '';
  return /nothing was|is kept|saved/i.test(detail) ? '' : 'Your documents are safe; nothing was changed.';
}
