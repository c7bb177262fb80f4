import type { Access } from '@repo/contracts/route';
import type { Role } from '@repo/contracts/session';

/** A signed-in person, who may not have an organization yet. */
export interface SignedIn {
  kind: 'user';
  userId: string;
  sessionId: string;
  organization: { id: string; key: number; role: Role } | null;
}

/** Who acts, and in which organization. Every query of a feature is bound to `organizationId`. */
export interface Principal {
  kind: 'user' | 'api-key';
  /** The person; for an API key the person who made it, null when that account is gone. */
  userId: string | null;
  organizationId: string;
  /** The small integer that stands for the organization in the search tables. */
  organizationKey: number;
  role: Role;
  apiKeyId: string | null;
}

/** What authentication found in a request: nobody, a person, or an API key acting for its organization. */
export type Caller = SignedIn | (Principal & { kind: 'api-key'; apiKeyId: string });

/** What a handler is told about its caller, by the route's access. */
export type PrincipalOf<A extends Access> = A extends 'public' ? null : A extends 'signed-in' ? SignedIn : Principal;
