import { expect, it } from 'vitest';
import { filled } from './content.ts';

const content = {
  title: 'Policy',
  intro: 'Intro',
  sections: [
    {
      id: 'contact',
      title: 'Questions',
      items: [{ id: 'contact', text: 'Ask {contact} ({contact_address}) first.' }],
    },
  ],
};
const said = (contact: string, contact_address: string) =>
  filled(content, { contact, contact_address }).sections[0]?.items[0]?.text;

it('names the contact once, whether or not the address is part of its name', () => {
  expect(said('The IT team', 'it@alder.example.org')).toBe('Ask The IT team (it@alder.example.org) first.');
  expect(said('it@alder.example.org', 'IT@alder.example.org')).toBe('Ask it@alder.example.org first.');
  expect(said('Dana Whitlock, dana@alder.example.org', 'dana@alder.example.org')).toBe(
    'Ask Dana Whitlock, dana@alder.example.org first.',
  );
  expect(said('The IT team', '')).toBe('Ask The IT team ({contact_address}) first.');
});
