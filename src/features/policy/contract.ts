import { z } from 'zod';
import { languageSchema } from '#domain/policy/languages.ts';
import { clientParam, operationsOf } from '../operation.ts';
import { coverageList, deliveryList, scheduleParts, scheduleShown } from './coverage-schemas.ts';
import {
  outputReviewers,
  outputReviewList,
  outputReviewParts,
  outputReviewShown,
  outputUseShown,
} from './output-schemas.ts';
import { draftParts, draftShown, overview, registerList, versionShown } from './schemas.ts';
import { signInParts, signInShown } from './sign-in/schemas.ts';

const { del, download, get, listed, post, put } = operationsOf({
  feature: 'Policy',
  scope: 'client',
  permission: 'policy.edit',
});
const client = { client: clientParam };
const policyDraft = z.string().min(1).max(80).describe('Id of the draft');
const one = { ...client, policyDraft, version: z.number().int().min(1).describe('Version that was shown') };
const which = z
  .string()
  .regex(
    /^(current|[1-9]\d{0,5}(\.[1-9]\d{0,5})?)$/u,
    'A version is a number such as 3 or 3.1, or “current”.',
  )
  .describe('Version number such as 3 or 3.1, or “current”');
const note = z.string().trim().max(2000);

export const policyContract = {
  show: get('/clients/{client}/policy', {
    title: 'Show the acceptable use policy and how many acknowledged it',
    permission: 'policy.read',
    cli: 'policy show',
    mcp: true,
    guide: ['G8-00', 'G2.1-05', 'GA-14'],
    boundedBy: 'the versions of one document',
  }).output(overview),
  text: get('/clients/{client}/policy/versions/{version}', {
    title: 'Show a version of the policy and what it changed',
    permission: 'policy.read',
    cli: 'policy text',
    mcp: true,
    guide: ['G8-00', 'G8-01'],
    boundedBy: 'one document',
  })
    .input(z.object({ ...client, version: which }))
    .output(versionShown),
  document: download('/clients/{client}/policy/versions/{version}/document', {
    title: 'Download a version of the policy',
    permission: 'policy.read',
    cli: 'policy document',
    why: 'A file for a person; policy text gives the same.',
    guide: ['G8-00'],
  }).input(
    z.object({
      ...client,
      version: which,
      format: z.enum(['docx', 'html', 'pdf', 'txt']).default('html'),
      language: languageSchema.default('en'),
    }),
  ),
  draft: {
    show: get('/clients/{client}/policy/drafts/{policyDraft}', {
      title: 'Show a draft of the policy, what it changes and what keeps it from being published',
      permission: 'policy.read',
      cli: 'policy draft show',
      mcp: true,
      boundedBy: 'one document',
    })
      .input(z.object({ ...client, policyDraft }))
      .output(draftShown),
    make: post('/clients/{client}/policy/drafts', {
      title: 'Start a draft of the policy',
      description: 'It starts from the newest version, or from the template if none was published.',
      audit: 'policy.draft.make',
      cli: 'policy draft make',
      guide: ['G8-00'],
      proof: 'none',
    }).output(draftShown),
    edit: put('/clients/{client}/policy/drafts/{policyDraft}', {
      title: 'Change a draft of the policy',
      description: 'A draft that was proposed has to be proposed again.',
      audit: 'policy.draft.edit',
      cli: 'policy draft edit',
      proof: 'none',
    })
      .input(z.strictObject({ ...one, ...draftParts }))
      .output(draftShown),
    propose: post('/clients/{client}/policy/drafts/{policyDraft}/propose', {
      title: 'Send a draft of the policy for approval',
      description: 'Refused while a field is empty or a placeholder is left.',
      audit: 'policy.draft.propose',
      cli: 'policy draft propose',
      proof: 'none',
    })
      .input(z.strictObject(one))
      .output(draftShown),
    approve: post('/clients/{client}/policy/drafts/{policyDraft}/approve', {
      title: 'Approve and publish the policy',
      description:
        'By someone with a verified account who had no part in it. It takes effect on the day the draft states.',
      permission: 'policy.approve',
      audit: 'policy.publish',
      cli: 'policy draft approve',
      guide: ['G2.1-05'],
      proof: 'none',
      noVerifiedAccount: 'asks for a proven second person itself',
    })
      .input(z.strictObject({ ...one, note: note.optional() }))
      .output(draftShown),
    askForChanges: post('/clients/{client}/policy/drafts/{policyDraft}/return', {
      title: 'Ask for changes to a draft of the policy',
      permission: 'policy.approve',
      audit: 'policy.draft.return',
      cli: 'policy draft ask-for-changes',
      proof: 'none',
      noVerifiedAccount: 'lets nothing stand',
    })
      .input(z.strictObject({ ...one, reason: note.min(3) }))
      .output(draftShown),
    withdraw: post('/clients/{client}/policy/drafts/{policyDraft}/withdraw', {
      title: 'Withdraw a draft of the policy',
      audit: 'policy.draft.withdraw',
      cli: 'policy draft withdraw',
      proof: 'none',
    })
      .input(z.strictObject({ ...one, reason: note.min(3) }))
      .output(draftShown),
  },
  coverage: listed('/clients/{client}/policy/coverage', {
    title: 'List who has Claude and whether they acknowledged the policy in force',
    exportTitle: 'Export who has Claude and whether they acknowledged the policy',
    permission: 'policy.read',
    cli: 'policy coverage list',
    mcp: true,
    list: { key: 'address' },
    filters: client,
    output: coverageList,
    guide: ['G8-17', 'GA-14'],
  }),
  register: listed('/clients/{client}/policy/register', {
    title: 'List every acknowledgment of the policy',
    exportTitle: 'Export the register of acknowledgments',
    permission: 'policy.read',
    cli: 'policy register list',
    mcp: true,
    list: { key: 'id' },
    filters: client,
    output: registerList,
    guide: ['G8-17'],
  }),
  eraseEntry: post('/clients/{client}/policy/register/{acknowledgement}/erase', {
    title: 'Erase the name and address of an acknowledgment',
    description:
      'The entry stays with its version, time and language, so the count stays the same. The audit log is not changed.',
    audit: 'policy.register.erase',
    proof: 'fresh',
    cli: 'policy register erase',
  })
    .input(
      z.strictObject({
        ...client,
        acknowledgement: z.string().min(1).max(80).describe('Id of the entry'),
        reason: note.min(3),
      }),
    )
    .output(z.object({ erased: z.boolean() })),
  page: {
    open: post('/clients/{client}/policy/page', {
      title: 'Create the address of the staff page',
      description:
        'Staff read the policy in force there and acknowledge it, each through an email to their own address. The page’s address is shown once; an earlier one stops working.',
      audit: 'policy.page.open',
      proof: 'fresh',
      cli: 'policy page open',
      replyNotKept: 'its answer holds a secret that is shown once',
    }).output(z.object({ address: z.string() })),
    close: del('/clients/{client}/policy/page', {
      title: 'Close the staff page',
      audit: 'policy.page.close',
      cli: 'policy page close',
      proof: 'none',
    }).output(z.object({ closed: z.boolean() })),
  },
  signIn: {
    set: put('/clients/{client}/policy/sign-in', {
      title: 'Set the Entra application that staff sign in with',
      description:
        'In the client’s tenant, which is asked for its configuration before anything is stored. Staff then identify themselves there or by email.',
      permission: 'connections.edit',
      audit: 'policy.sign_in.set',
      proof: 'in_person',
      cli: null,
      why: 'Whose word counts for an acknowledgment is decided in the browser, with a fresh confirmation of identity.',
      guide: ['G8-17'],
    })
      .input(z.strictObject({ ...client, ...signInParts }))
      .output(signInShown),
    remove: del('/clients/{client}/policy/sign-in', {
      title: 'Remove the Entra application that staff sign in with',
      permission: 'connections.edit',
      audit: 'policy.sign_in.remove',
      proof: 'in_person',
      cli: null,
      why: 'Whose word counts for an acknowledgment is decided in the browser, with a fresh confirmation of identity.',
    })
      .input(z.object({ ...client, version: z.coerce.number().int().min(1) }))
      .output(z.object({ removed: z.literal(true) })),
  },
  remind: post('/clients/{client}/policy/reminders', {
    title: 'Email people to ask them to acknowledge the policy',
    description:
      'Asks everyone who has not acknowledged and has not left, or the people named, or staff on the roster without Claude. No one is asked twice within 20 hours.',
    audit: 'policy.remind',
    cli: 'policy remind',
    guide: ['G4.2-04'],
    proof: 'none',
  })
    .input(
      z.strictObject({
        ...client,
        addresses: z.array(z.string().trim().min(3).max(320)).max(5000).optional(),
        to: z
          .enum(['missing', 'without_seat'])
          .default('missing')
          .describe('without_seat: staff in the roster without Claude, so that they know the policy, too'),
      }),
    )
    .output(
      z.object({
        sent: z.number().int(),
        failed: z.number().int(),
        waiting: z.number().int().describe('Asked within the last day'),
      }),
    ),
  setReminders: put('/clients/{client}/policy/reminder-schedule', {
    title: 'Set when people are reminded to acknowledge the policy',
    description:
      'During the day, on working days. Reminders end when someone acknowledges, leaves or has received as many as are allowed, and start again with a new version.',
    audit: 'policy.reminders.set',
    cli: 'policy set-reminders',
    guide: ['G8-17'],
    proof: 'none',
  })
    .input(z.strictObject({ ...client, ...scheduleParts, version: z.number().int().min(0) }))
    .output(scheduleShown),
  deliveries: listed('/clients/{client}/policy/deliveries', {
    title: 'List who was sent which version of the policy',
    exportTitle: 'Export who was sent which version of the policy',
    permission: 'policy.read',
    cli: 'policy deliveries list',
    mcp: true,
    list: { key: 'id' },
    filters: client,
    output: deliveryList,
    guide: ['G8-17', 'G4.2-04'],
  }),
  reviews: listed('/clients/{client}/policy/reviews', {
    title: 'List who is qualified to check Claude’s text, and the reviews on record',
    exportTitle: 'Export the reviews of Claude’s text',
    permission: 'policy.read',
    cli: 'policy reviews list',
    mcp: true,
    list: { key: 'id' },
    filters: client,
    output: outputReviewList,
    guide: ['G8-15'],
  }),
  setReviewers: put('/clients/{client}/policy/reviewers/{use}', {
    title: 'Name who is qualified to check Claude’s text for a use',
    audit: 'policy.reviewers.set',
    cli: 'policy set-reviewers',
    guide: ['G8-15'],
    proof: 'none',
  })
    .input(z.strictObject({ ...client, ...outputReviewers }))
    .output(outputUseShown),
  recordReview: post('/clients/{client}/policy/reviews', {
    title: 'Record that Claude’s text was reviewed before it was used',
    description:
      'The answer says whether the reviewer is named for the use. No control passes because of it.',
    audit: 'policy.review.record',
    cli: 'policy record-review',
    guide: ['G8-15'],
    proof: 'none',
  })
    .input(z.strictObject({ ...client, ...outputReviewParts }))
    .output(outputReviewShown),
  toCharter: post('/clients/{client}/policy/charter', {
    title: 'Carry the policy in force into a draft of the charter',
    description:
      'Version, day, clauses, contact and notice, as published here. Controls read the charter, so someone approves this draft like any other.',
    permission: 'charter.edit',
    audit: 'charter.draft.make',
    cli: 'policy to-charter',
    proof: 'none',
  }).output(z.object({ draft: z.string() })),
};
