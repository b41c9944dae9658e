/** Methods about the roles of administrators, for controllers. */
import * as wire from '../ic/candid/service.generated';
import { respond } from '../ic/message';
import { isController } from '../service/access';
import { accessDenied, undecodable } from '../service/replies';
import { assignAdminRole as assign, getAdminRoles as roles, revokeAdminRole as revoke } from '../service/roles';
import { update } from '../service/tasks';

export function assignAdminRole(): void {
  update(() => {
    if (!isController()) return wire.replyAssignAdminRole(wire.AdminRoleAssignmentResult.Err(accessDenied()));
    const input = wire.readAssignAdminRole();
    wire.replyAssignAdminRole(input === null ? wire.AdminRoleAssignmentResult.Err(undecodable()) : assign(input));
  });
}

export function revokeAdminRole(): void {
  update(() => {
    if (!isController()) return wire.replyRevokeAdminRole(wire.TextResult.Err(accessDenied()));
    const input = wire.readRevokeAdminRole();
    wire.replyRevokeAdminRole(input === null ? wire.TextResult.Err(undecodable()) : revoke(input));
  });
}

export function getAdminRoles(): void {
  respond(() => {
    if (!isController()) return wire.replyGetAdminRoles(wire.AdminRoleAssignmentsResult.Err(accessDenied()));
    wire.replyGetAdminRoles(wire.readGetAdminRoles() ? roles() : wire.AdminRoleAssignmentsResult.Err(undecodable()));
  });
}
