'use client';

import { readFailure } from '@/api/read-failure';
import { Button } from '@/components/button';
import { FailureState } from '@/components/failure-state';
import { useRetry } from '@/platform/use-retry';

/** A page of the signed-in part that failed; the rail stays, so the reader can go elsewhere. */
export default function AppErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  const retry = useRetry(reset);
  return (
    <FailureState
      failure={readFailure(error)}
      action={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    />
  );
}
