import type { Failure } from '@/api/api-error';
import { Notice } from './notice';
import { RequestId } from './request-id';

/** What went wrong with an action, beside the thing it was done to. */
export function FailureNotice({ failure }: { failure: Failure }) {
  return (
    <Notice tone="danger">
      <p>{failure.detail}</p>
      {failure.status >= 500 ? <RequestId id={failure.requestId} /> : null}
    </Notice>
  );
}
