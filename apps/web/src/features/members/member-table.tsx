import type { Role } from '@repo/contracts/session';
import type { Member } from '@/api/account-queries';
import { RelativeTime } from '@/components/relative-time';
import { ActionCell, Cell, Row, Table, TitleCell } from '@/components/table';
import { MemberMenu } from './member-menu';
import { MemberRole } from './member-role';
import { roles } from './roles';

interface MemberTableProps {
  members: Member[];
  organizationId: string;
  /** The role of the reader, who is `userId`. */
  role: Role;
  userId: string;
}

const columns = [{ label: 'Name' }, { label: 'Role' }, { label: 'Joined' }, { label: 'Actions', hidden: true }];

/** Everyone in the organization. Admins change roles and remove people, but not owners. */
export function MemberTable({ members, organizationId, role, userId }: MemberTableProps) {
  const mayManage = (member: Member) => member.userId !== userId && (role === 'owner' || (role === 'admin' && member.role !== 'owner'));
  return (
    <Table caption="Members" columns={columns}>
      {members.map((member) => (
        <Row key={member.id}>
          <TitleCell>
            <span className="flex min-w-0 flex-col">
              <span className="truncate font-strong">
                {member.user.name}
                {member.userId === userId ? <span className="font-normal text-secondary"> (you)</span> : null}
              </span>
              <span className="truncate text-xs text-secondary">{member.user.email}</span>
            </span>
          </TitleCell>
          <Cell>
            {mayManage(member) ? (
              <MemberRole
                memberId={member.id}
                name={member.user.name}
                role={member.role}
                organizationId={organizationId}
                byOwner={role === 'owner'}
              />
            ) : (
              roles[member.role].label
            )}
          </Cell>
          <Cell>
            <span className="md:hidden">Joined </span>
            <RelativeTime at={member.createdAt} />
          </Cell>
          <ActionCell>
            {mayManage(member) ? <MemberMenu memberId={member.id} name={member.user.name} organizationId={organizationId} /> : null}
          </ActionCell>
        </Row>
      ))}
    </Table>
  );
}
