interface Justified {
  readonly why: string;
  readonly of: readonly string[];
}

/** Justified passes without a kind of reading that they cite, with part of it, or with an old one: control and kind. */
export const ENOUGH_WITHOUT: readonly Justified[] = [
  {
    why: 'The setting of directory sync is read, and the sentence says that its effect was not compared.',
    of: ['CLA-ACC-15 members', 'CLA-ACC-15 roster', 'CLA-ACC-15 entra_users'],
  },
  {
    why: 'One page of the applications that holds the sign-in application shows that it is there and on.',
    of: ['CLA-M365-02 service_principals'],
  },
  {
    why: 'The journal gives both days. What the members file says of who joined could only contradict them.',
    of: ['CLA-CON-03 members'],
  },
  { why: 'Use is compared within the usage file. The members file adds names.', of: ['CLA-VIS-03 members'] },
  {
    why: 'The profile gives how many work here, the charter who owner and deputy are.',
    of: ['CLA-SHA-11 roster', 'CLA-OPS-02 roster'],
  },
  {
    why: 'The connectors table was written from what Claude shows. Events add what changed since.',
    of: [
      'CLA-CON-04 activities',
      'CLA-CON-06 activities',
      'CLA-CON-09 activities',
      'CLA-CON-10 activities',
      'CLA-CON-11 activities',
      'CLA-CON-12 activities',
      'CLA-CON-21 activities',
    ],
  },
  { why: 'The rule is written in the charter. Events could only break it.', of: ['CLA-VIS-13 activities'] },
  { why: 'An event shows that the domain was verified.', of: ['CLA-ACC-10 dns'] },
  {
    why: 'The report has lines of the domain, which it has of verified ones only. The event says it once more.',
    of: ['CLA-SHA-02 activities'],
  },
  {
    why: 'The profile says which licenses were bought.',
    of: ['CLA-M365-01 subscribed_skus', 'CLA-M365-15 subscribed_skus'],
  },
  {
    why: 'Members and roster are matched by address. Entra adds further addresses of the same people.',
    of: [
      'CLA-ACC-07 entra_users',
      'CLA-ACC-08 entra_users',
      'CLA-ACC-13 entra_users',
      'CLA-ACC-20 entra_users',
      'CLA-CON-26 entra_users',
      'CLA-OPS-05 entra_users',
      'CLA-OPS-10 entra_users',
    ],
  },
];

/** Justified passes with part of what they cite, but not without it. */
export const PART_IS_ENOUGH: readonly Justified[] = [
  {
    why: 'One consent for everyone to what the server application asks of Microsoft Graph shows that it was given.',
    of: ['CLA-M365-03 permission_grants'],
  },
];

/** Further justified passes with a complete and current list that is empty. */
export const NONE_IS_AN_ANSWER: readonly Justified[] = [
  {
    why: 'A feed that covers every day of the window and holds nothing shows that it did not happen.',
    of: ['CLA-CON-14 activities', 'CLA-VIS-16 activities'],
  },
  { why: 'Without keys there is none that no one approved.', of: ['CLA-VIS-17 api_keys'] },
  { why: 'No connector was used.', of: ['CLA-CON-30 analytics_connectors'] },
  {
    why: 'Without a policy of the kind there is none that is wrong.',
    of: ['CLA-M365-14 ca_policies', 'CLA-M365-21 ca_policies'],
  },
];

/** Justified passes where one row's value is unknown, although a different value would make the control fail. */
export const UNKNOWN_IS_ENOUGH: readonly Justified[] = [
  {
    why: 'No last day and no status beside a column for them say that the person works here. What an importer cannot read it marks as a gap, which is no empty cell.',
    of: [
      'CLA-ACC-01 roster.endsOn',
      'CLA-ACC-01 roster.status',
      'CLA-ACC-03 roster.endsOn',
      'CLA-ACC-03 roster.status',
      'CLA-ACC-07 roster.endsOn',
      'CLA-ACC-07 roster.status',
      'CLA-CON-26 roster.endsOn',
      'CLA-OPS-02 roster.endsOn',
      'CLA-OPS-02 roster.status',
      'CLA-OPS-05 roster.endsOn',
      'CLA-OPS-05 roster.status',
      'CLA-OPS-10 roster.endsOn',
      'CLA-SHA-11 roster.endsOn',
      'CLA-SHA-11 roster.startsOn',
    ],
  },
  { why: 'Being on the list with the role is what counts.', of: ['CLA-ACC-01 members.status'] },
  {
    why: 'The journal gives both days. When one member joined could only contradict them.',
    of: ['CLA-CON-03 members.addedOn', 'CLA-OPS-13 members.addedOn'],
  },
  {
    why: 'The profile says which licenses were bought, and the file names them.',
    of: ['CLA-M365-01 subscribed_skus.consumedUnits', 'CLA-M365-15 subscribed_skus.enabledUnits'],
  },
  {
    why: 'An account has two addresses, and one is enough to know whose it is.',
    of: [
      'CLA-M365-09 entra_users.mail',
      'CLA-M365-09 entra_users.upn',
      'CLA-M365-10 entra_users.mail',
      'CLA-M365-10 entra_users.upn',
    ],
  },
  {
    why: 'The version says which document it is.',
    of: ['CLA-POL-03 acknowledgements.document'],
  },
  {
    why: 'Plan and membership are two signs of one thing, and the address is that of a member.',
    of: ['CLA-SHA-03 domain_memberships.inWorkspace', 'CLA-SHA-03 domain_memberships.plan'],
  },
];
