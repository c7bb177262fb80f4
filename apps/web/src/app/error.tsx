'use client';

import { readFailure } from '@/api/read-failure';
import { Button } from '@/components/button';
import { FailureState } from '@/components/failure-state';
import { useRetry } from '@/platform/use-retry';

/** What a page that failed shows: the reason in words, another try, the request id. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  const retry = useRetry(reset);
  return (
    <div className="mx-auto max-w-5xl px-5">
      <FailureState
        failure={readFailure(error)}
        action={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      />
    </div>
  );
}
