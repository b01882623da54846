import { expect, it } from 'vitest';
import { profileSchema } from '#domain/model/profile.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';
import { profileChanges } from './profile-changes.ts';

it('shows a profile among the files in the words of the client’s settings', () => {
  const { licenses } = sharedCatalogue();
  const stored = { name: 'Alder Society', domains: ['alder.example.org'], claudePlan: 'team' };
  const brought = profileSchema.parse({
    ...stored,
    m365: 'business_premium',
    swg: 'none',
    siem: 'splunk',
    holidays: ['2026-11-26', '2026-12-25'],
    normalHours: { start: '07:00', end: '19:00', days: ['mon', 'fri'] },
  });
  expect(profileChanges(stored, brought, licenses)).toEqual([
    { field: 'Microsoft 365 license', before: 'Not stated', after: 'Microsoft 365 Business Premium' },
    { field: 'Secure web gateway', before: 'Not stated', after: 'None' },
    { field: 'SIEM', before: 'Not stated', after: 'splunk' },
    { field: 'Holidays', before: 'None', after: 'Nov 26, 2026, Dec 25, 2026' },
    { field: 'Normal working hours', before: 'Not stated', after: '7:00 AM to 7:00 PM on Mon, Fri' },
  ]);
});
