import type { ApiKey } from '@repo/contracts/api-keys';
import { Badge } from '@/components/badge';
import { RelativeTime } from '@/components/relative-time';
import { ActionCell, Cell, Row, Table, TitleCell } from '@/components/table';
import { isPast } from '@/platform/format-time';
import { RevokeKeyButton } from './revoke-key-button';

const columns = [{ label: 'Name' }, { label: 'Created' }, { label: 'Last used' }, { label: 'Expires' }, { label: 'Actions', hidden: true }];

/** The keys of the organization; of each only its first characters are known. */
export function ApiKeyTable({ keys }: { keys: ApiKey[] }) {
  return (
    <Table caption="API keys" columns={columns}>
      {keys.map((key) => (
        <Row key={key.id}>
          <TitleCell>
            <span className="flex min-w-0 flex-col">
              <span className="truncate font-strong">{key.name}</span>
              <code className="truncate font-mono text-xs text-secondary max-md:hidden">{key.start}…</code>
            </span>
          </TitleCell>
          <Cell className="font-mono md:hidden">{key.start}…</Cell>
          <Cell className="max-md:hidden">
            <RelativeTime at={key.createdAt} />
            {key.createdBy === null ? null : <span className="block text-xs"> by {key.createdBy.name}</span>}
          </Cell>
          <Cell className="max-md:hidden">{key.lastUsedAt === null ? 'Never' : <RelativeTime at={key.lastUsedAt} />}</Cell>
          <Cell>
            <Expiry at={key.expiresAt} />
          </Cell>
          <ActionCell>
            <RevokeKeyButton apiKeyId={key.id} name={key.name} />
          </ActionCell>
        </Row>
      ))}
    </Table>
  );
}

function Expiry({ at }: { at: string | null }) {
  if (at === null) {
    return (
      <>
        <span className="md:hidden">Expires </span>
        <span className="max-md:lowercase">Never</span>
      </>
    );
  }
  if (isPast(at)) return <Badge tone="warning">Expired</Badge>;
  return (
    <>
      <span className="md:hidden">Expires </span>
      <RelativeTime at={at} />
    </>
  );
}
