import type { Document } from './documents.js';

/** Socket.IO is served here, on the same origin as the API. */
export const realtimePath = '/api/realtime';

/** What the server sends to every member of an organization: event name → payload. */
export interface RealtimeEvents {
  'document.changed': { document: Document };
  'document.deleted': { documentId: string };
}

export type RealtimeEventName = keyof RealtimeEvents;

/** The Socket.IO room of an organization. */
export function organizationRoom(organizationId: string): string {
  return `organization:${organizationId}`;
}
