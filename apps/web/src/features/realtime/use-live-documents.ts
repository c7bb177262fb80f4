'use client';

import type { Document } from '@repo/contracts/documents';
import { useEffect, useEffectEvent, useState } from 'react';
import { jitter } from './jitter';
import { joinRealtime } from './realtime-connection';

interface LiveDocuments {
  onChanged: (document: Document) => void;
  onDeleted: (documentId: string) => void;
  /** Reads the state anew from the API. Called after each (re)connect, and while there is no connection. */
  refresh: () => Promise<void>;
  /** Something is on its way, so that a state read a while ago is probably old. */
  unsettled: boolean;
}

const pollUnsettledMs = 2_500;
const pollSettledMs = 30_000;
/** With a connection: a safety net, should an event have been lost on its way. */
const pollConnectedMs = 20_000;

/** Keeps documents current: by events, and by asking as long as there are none. */
export function useLiveDocuments(live: LiveDocuments): void {
  const [connected, setConnected] = useState(false);
  const onChanged = useEffectEvent(live.onChanged);
  const onDeleted = useEffectEvent(live.onDeleted);
  const refresh = useEffectEvent(live.refresh);
  useEffect(
    () =>
      joinRealtime({
        onEvent(_, payload) {
          if ('document' in payload) onChanged(payload.document);
          else onDeleted(payload.documentId);
        },
        onConnected() {
          setConnected(true);
          void refresh();
        },
        onLost: () => setConnected(false),
      }),
    [],
  );
  usePolling(pauseFor({ connected, unsettled: live.unsettled }), live.refresh);
}

function pauseFor({ connected, unsettled }: { connected: boolean; unsettled: boolean }): number | null {
  if (connected) return unsettled ? pollConnectedMs : null;
  return unsettled ? pollUnsettledMs : pollSettledMs;
}

/** Runs again and again with a pause in between, never twice at once, and not while the tab is hidden. */
function usePolling(pauseMs: number | null, run: () => Promise<void>): void {
  const poll = useEffectEvent(run);
  useEffect(() => {
    if (pauseMs === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const schedule = () => {
      timer = setTimeout(() => void (document.hidden ? Promise.resolve() : poll()).finally(schedule), jitter(pauseMs));
    };
    schedule();
    return () => clearTimeout(timer);
  }, [pauseMs]);
}
