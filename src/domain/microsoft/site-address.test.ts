import { expect, it } from 'vitest';
import { siteAddress, siteOf } from './site-address.ts';

it.each([
  ['https://alder.sharepoint.com/sites/it', 'https://alder.sharepoint.com/sites/it'],
  [' https://Alder.sharepoint.com/teams/IT/ ', 'https://alder.sharepoint.com/teams/IT'],
  [
    'https://alder.sharepoint.us/sites/a%20b/Shared%20Documents/Forms/AllItems.aspx?id=1#x',
    'https://alder.sharepoint.us/sites/a%20b',
  ],
  ['https://alder.sharepoint.com', null],
  ['https://alder-my.sharepoint.com/personal/jane', null],
  ['http://alder.sharepoint.com/sites/it', null],
  ['https://alder.sharepoint.com.example.org/sites/it', null],
  ['https://graph@alder.sharepoint.com/sites/it', null],
  ['https://alder.sharepoint.com:8443/sites/it', null],
  ['https://alder.sharepoint.com/sites/', null],
  ['the IT site', null],
])('of %s the site is %s', (address, site) => {
  const found = siteOf(address);
  expect(found === null ? null : siteAddress(found)).toBe(site);
});
// Guide: G5.3-05
