import { describe, expect, it } from 'vitest';
import type { FileKind } from '../../exports/file-kind.ts';
import { json, readerOf } from '../../exports/kinds/json-testing.ts';
import { reading } from '../../exports/table/testing.ts';
import { members } from './members.ts';

describe('members', () => {
  it('takes “Member” for the name, unless it is a question', () => {
    const names = (cell: string) =>
      reading(members, ['Member,Email,Role,Seat', `${cell},ann@alder.example.org,Owner,Standard`]).rows.map(
        ({ name }) => name,
      );
    expect(names('Ann Lee')).toEqual(['Ann Lee']);
    expect(names('Yes')).toEqual([null]);
  });

  it('leaves out who was removed, unless the seat was given again', () => {
    const { rows, notes } = reading(members, [
      'Name,Email,Role,Date added,Removed on,Removed by',
      'Ann Lee,ann@alder.example.org,Primary Owner,9/15/2026,,',
      'Bo Roe,bo@alder.example.org,User,9/15/2026,10/12/2026,Ann Lee',
      'Cy Poe,cy@alder.example.org,User,11/2/2026,10/13/2026,Ann Lee',
      'Di Moe,di@alder.example.org,User,9/15/2026,12/31/2099,Ann Lee',
    ]);
    expect(rows.map(({ email }) => email.split('@')[0])).toEqual(['ann', 'cy', 'di']);
    expect(notes).toContainEqual(
      expect.objectContaining({
        row: 3,
        says: 'Bo Roe no longer holds a seat according to this list and was left out.',
      }),
    );
    const byStatus = reading(members, [
      'Name,Email,Role,Status,Removed on',
      'Ann Lee,ann@alder.example.org,Primary Owner,Active,10/1/2026',
      'Bo Roe,bo@alder.example.org,User,Removed,',
    ]);
    expect(byStatus.rows.map(({ email }) => email)).toEqual(['ann@alder.example.org']);
  });

  it('asks which of two columns of one heading counts where they differ', () => {
    const lines = (role: string, email = 'Note') => [
      `Name,Email,Role,${email},Role`,
      'Ann Lee,ann@alder.example.org,Primary Owner,,Primary Owner',
      `Bo Roe,bo@alder.example.org,User,${email === 'Email' ? 'cy@alder.example.org' : ''},${role}`,
    ];
    expect(reading(members, lines('Owner')).asks).toEqual([{ field: 'role', columns: ['Role', 'Role (2)'] }]);
    expect(reading(members, lines('user')).asks).toBeUndefined();
    expect(() => reading(members, lines('User', 'Email'))).toThrow(/Two columns are called “Email”/);
    const said = reading(members, lines('Owner'), 'UTC', { 'Role (2)': 'role' });
    expect(said.asks).toBeUndefined();
    expect(said.rows.map(({ role }) => role)).toEqual(['primary_owner', 'owner']);
  });

  it('asks which of two columns of roles counts where they differ, whatever each is called', () => {
    const lines = (second: string, heading = 'Organization role') => [
      `Name,Email,Role,${heading}`,
      'Ann Lee,ann@alder.example.org,Primary Owner,Primary Owner',
      `Bo Roe,bo@alder.example.org,User,${second}`,
    ];
    expect(reading(members, lines('Owner')).asks).toEqual([
      { field: 'role', columns: ['Role', 'Organization role'] },
    ]);
    expect(reading(members, lines('user')).asks).toBeUndefined();
    const jobs = [
      'Name,Email,Role,Job title',
      'Ann Lee,ann@alder.example.org,Owner,Director',
      'Bo Roe,bo@alder.example.org,User,Editor',
    ];
    expect(reading(members, jobs).asks).toBeUndefined();
  });

  it('asks which of two columns of addresses is the account where they differ, whatever each is called', () => {
    const lines = (headings: string, second: string) => [
      `Name,${headings},Role`,
      'Ann Lee,ann@alder.example.org,ann@alder.example.org,Primary Owner',
      `Bo Roe,bo@alder.example.org,${second},User`,
    ];
    const headings = 'Email,Login email';
    expect(() => reading(members, lines(headings, 'bo@private.example.com'))).toThrow(
      'The columns “Email” and “Login email” say the same, and they differ. Say which one counts',
    );
    expect(() => reading(members, lines('Login email,Email', 'bo@private.example.com'))).toThrow(
      /they differ/,
    );
    expect(reading(members, lines(headings, 'BO@alder.example.org')).rows).toHaveLength(2);
    expect(reading(members, lines('Email,Invited by', 'ann@alder.example.org')).rows).toHaveLength(2);
    const said = reading(members, lines(headings, 'bo@private.example.com'), 'UTC', {
      'Login email': 'email',
    });
    expect(said.rows.map(({ email }) => email)).toEqual(['ann@alder.example.org', 'bo@private.example.com']);
  });

  it('reads a JSON list as it reads a table, and leaves answers of the vendor to their reader', () => {
    const people = [
      { email: 'ann@alder.example.org', name: 'Ann Lee', role: 'primary_owner', added_at: '2026-09-15' },
      { email: 'bo@alder.example.org', name: 'Bo Roe', role: 'user', added_at: '2026-09-16' },
    ];
    const { parseAs } = readerOf([members as FileKind], 'UTC');
    for (const value of [people, { data: people }, { members: people }]) {
      expect(members.recognize(json(value), 'a.json')).toBeGreaterThan(0.5);
      const parsed = parseAs('members', json(value));
      expect(parsed.complete).toBe(true);
      expect(parsed.rows.map(({ email, role, addedOn }) => [email, role, addedOn])).toEqual([
        ['ann@alder.example.org', 'primary_owner', '2026-09-15'],
        ['bo@alder.example.org', 'user', '2026-09-16'],
      ]);
    }
    const more = [{ has_more: true }, { '@odata.nextLink': 'x' }, { invites: [{ email: 'c@x.org' }] }];
    for (const one of more) expect(parseAs('members', json({ data: people, ...one })).complete).toBe(false);
    expect(members.recognize(json(people.map((one) => ({ type: 'user', ...one }))), 'a.json')).toBe(0);
    expect(members.recognize(json([{ email: 'a@x.org', salary: 3 }]), 'a.json')).toBeLessThan(0.5);
  });

  it('reads roles, seats, status and days', () => {
    const { rows, mapping, unmapped } = reading(members, [
      'Full Name,E-mail Address,Role,Seat Tier,Status,Last Active,Color',
      'Ann Lee,Ann@Alder.example.org,Primary Owner,Premium,Active,11/20/2026,red',
      'Bo Roe,bo@alder.example.org,Member,Standard,Pending,never,',
      'Cy Poe,"Cy Poe <cy@alder.example.org>",membership_admin,,,,',
      'Di Moe,di@alder.example.org,Custom: Analyst,,,,',
    ]);
    expect(rows).toEqual([
      {
        file: 'file.csv',
        row: 2,
        email: 'Ann@Alder.example.org',
        name: 'Ann Lee',
        role: 'primary_owner',
        roleText: 'Primary Owner',
        seat: 'Premium',
        status: 'active',
        addedOn: null,
        lastActiveOn: '2026-11-20',
        joinedBy: null,
      },
      {
        file: 'file.csv',
        row: 3,
        email: 'bo@alder.example.org',
        name: 'Bo Roe',
        role: 'user',
        roleText: 'Member',
        seat: 'Standard',
        status: 'invited',
        addedOn: null,
        lastActiveOn: null,
        joinedBy: null,
      },
      {
        file: 'file.csv',
        row: 4,
        email: 'cy@alder.example.org',
        name: 'Cy Poe',
        role: 'admin',
        roleText: 'membership_admin',
        seat: null,
        status: null,
        addedOn: null,
        lastActiveOn: null,
        joinedBy: null,
      },
      {
        file: 'file.csv',
        row: 5,
        email: 'di@alder.example.org',
        name: 'Di Moe',
        role: 'custom',
        roleText: 'Custom: Analyst',
        seat: null,
        status: null,
        addedOn: null,
        lastActiveOn: null,
        joinedBy: null,
      },
    ]);
    expect(mapping.find(({ field }) => field === 'email')).toEqual({
      column: 'E-mail Address',
      field: 'email',
      how: 'heading and content',
    });
    expect(unmapped).toEqual(['Color']);
  });

  it('finds the addresses where the heading says nothing', () => {
    const { rows, mapping } = reading(members, ['Who,Contact,Role', 'Ann Lee,ann@alder.example.org,Owner']);
    expect(rows[0]?.email).toBe('ann@alder.example.org');
    expect(mapping.find(({ field }) => field === 'email')).toEqual({
      column: 'Contact',
      field: 'email',
      how: 'content',
    });
  });

  it('names who was left out and what is unknown', () => {
    const { rows, says } = reading(members, [
      'Name,Email,Role',
      'Ann Lee,ann@alder.example.org,Grand Vizier',
      'Bo Roe,bo at alder,User',
      'Cy Bell,,',
      'Total,2,',
    ]);
    expect(rows.map(({ email, name, role, roleText }) => [email, name, role, roleText])).toEqual([
      ['ann@alder.example.org', 'Ann Lee', null, 'Grand Vizier'],
      ['', 'Bo Roe', 'user', 'User'],
    ]);
    expect(says).toEqual([
      '5: The line of totals “Total” was left out.',
      '2: “Grand Vizier” is not a role that Bylaw knows. Stored as unknown.',
      '3: Bo Roe has no readable email address (“bo at alder”), so the account cannot be compared by it.',
      '4: Cy Bell has no email address and was left out.',
    ]);
  });

  it('keeps of one account the row with the most rights, wherever it stands', () => {
    const lines = [
      'ann@alder.example.org,User',
      'ANN@alder.example.org,Owner',
      'bo@alder.example.org,User',
      'bo@alder.example.org,User',
    ];
    for (const order of [lines, [...lines].reverse()]) {
      const { rows, says } = reading(members, ['Email,Role', ...order]);
      expect(rows.map(({ email, role }) => `${email.toLowerCase()} ${role}`).sort()).toEqual([
        'ann@alder.example.org owner',
        'bo@alder.example.org user',
      ]);
      expect(says.filter((text) => /most rights/.test(text))).toHaveLength(1);
    }
  });

  it('does not let an unknown role pass for a known one without rights', () => {
    const { rows } = reading(members, [
      'Email,Role',
      'ann@alder.example.org,User',
      'ann@alder.example.org,Something',
    ]);
    expect(rows[0]?.role).toBeNull();
  });

  it('refuses the members of a Claude Console organization, and knows custom roles of ours', () => {
    const lines = ['Name,Email,Role', 'Ann,ann@alder.example.org,Admin', 'Bo,bo@alder.example.org,Developer'];
    expect(() => reading(members, lines)).toThrow(/^These are the members of a Claude Console \(API\)/);
    expect(reading(members, [...lines, 'Cy,cy@alder.example.org,Owner']).rows).toHaveLength(3);
  });

  it('refuses a list with no one in it', () => {
    expect(() => reading(members, ['Email,Role'])).toThrow(
      'The members file lists no one who holds a seat. Nothing was imported. Is this the right file?',
    );
    expect(() => reading(members, ['Email,Role', 'n/a,User'])).toThrow(
      /lists no one|No column holds email addresses/,
    );
  });
});
