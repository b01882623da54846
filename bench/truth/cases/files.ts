import { clientsOf, staff } from '../client.ts';
import { entraUsers, peopleFiles } from '../documents.ts';
import { counts, file, is, never, noPass, noPasses } from '../model.ts';

const client = clientsOf('files');
const people = staff(20);
const base: Record<string, string> = peopleFiles(people);

export const fileCases = [
  client('entra-camel-of-another-tool')(
    {
      ...base,
      'users.json': entraUsers(people)
        .replaceAll('"userPrincipalName"', '"UserPrincipalName"')
        .replaceAll('"accountEnabled"', '"AccountEnabled"'),
    },
    [
      noPass('M365-17', 'who has left is unknown or their account is'),
      file('users.json', ['taken', 'malformed', 'not_placed'], 'the file is said to be what it is'),
    ],
  ),
  client('users-without-enabled')(
    {
      ...base,
      'staff.csv': base['staff.csv']?.replace('Active,', 'Left,2026-10-13') ?? '',
      'users.json': entraUsers(people).replaceAll(/\s*"accountEnabled": (?:true|false),/g, ''),
    },
    [noPass('M365-17', 'whether the account of a leaver is enabled is not in the file')],
  ),
  client('truncated-json')({ ...base, 'users.json': entraUsers(people).slice(0, 900) }, [
    file(
      'users.json',
      ['malformed', 'not_placed'],
      'that the file ends in the middle is said',
      /JSON|cut|end|incomplete|broken/i,
    ),
    noPass('M365-17', 'there are no users'),
  ]),
  client('prototype-in-json')(
    {
      ...base,
      'users.json':
        '{"value":[{"__proto__":{"accountEnabled":false},"userPrincipalName":"x@teasel.example.org"}]}',
    },
    [file('users.json', ['malformed', 'not_placed'], 'a reach for prototypes is refused')],
  ),
  client('a-letter')({ ...base, 'note.txt': 'Dear all,\nplease find the files attached.\n' }, [
    file('note.txt', 'not_placed', 'a letter is no export'),
  ]),
  client('a-picture-called-csv')(
    { ...base, 'staff.csv': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex') as unknown as string },
    [
      is('ACC-07', 'cannot_read', 'there is no roster'),
      file('staff.csv', ['malformed', 'not_placed'], 'a picture is no table'),
    ],
  ),
  client('only-a-profile')({ 'note.txt': 'nothing here\n' }, [
    ...noPasses('there is no file at all', 'ACC-07 M365-09 CON-09 POL-03 VIS-16'),
    counts('staff', null, 'how many work here is not known'),
    counts('members', null, 'how many seats are held is not known'),
    never('ACC-18', ['fail'], 'nothing is known of seats'),
  ]),
];
