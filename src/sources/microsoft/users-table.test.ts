import { describe, expect, it } from 'vitest';
import { reading } from '../exports/table/testing.ts';
import { entraUsersTable } from './users-table.ts';

describe('Entra users as CSV', () => {
  it('reads the portal and the admin center', () => {
    const portal = reading(entraUsersTable, [
      'userPrincipalName,displayName,mail,id,userType,accountEnabled,alternateEmailAddress',
      'ann@alder.example.org,Ann Lee,ann.lee@alder.example.org,1,Member,True,al@mail.example.com',
      'bo_other.com#EXT#@alder.onmicrosoft.com,Bo Roe,,2,,False,',
    ]);
    expect(
      portal.rows.map(({ upn, mail, aliases, enabled, userType }) => [upn, mail, aliases, enabled, userType]),
    ).toEqual([
      ['ann@alder.example.org', 'ann.lee@alder.example.org', ['al@mail.example.com'], true, 'Member'],
      ['bo_other.com#EXT#@alder.onmicrosoft.com', null, [], false, 'Guest'],
    ]);
    const center = reading(entraUsersTable, [
      'Block credential,Display name,Proxy addresses,User principal name',
      'True,Ann Lee,smtp:al@alder.example.org+SMTP:ann@alder.example.org+X500:/o=x,ann@alder.example.org',
    ]);
    expect(center.rows[0]).toMatchObject({
      enabled: false,
      aliases: ['al@alder.example.org'],
      userType: null,
    });
  });
});
