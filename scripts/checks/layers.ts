/** A layer of features: each may import features of its own layer and of those below. */
export interface Layer {
  readonly name: string;
  /** What its features have in common, for someone new to the code. */
  readonly says: string;
  /** Folders of `src/features`. */
  readonly features: readonly string[];
}

/**
 * The layers of `src/features`, bottom up. Below them is what all features are built with: `src/features/shared` and
 * the files directly in `src/features`. Above them is `src/app`, which lists what each has.
 */
export const LAYERS: readonly Layer[] = [
  {
    name: 'tools',
    says: 'files out, foreign files in, mail, PDFs, passwords',
    features: ['credentials', 'exports', 'foreign', 'mail', 'owners', 'paths', 'printing', 'signed-records'],
  },
  {
    name: 'access',
    says: 'who gets in, and what they may do',
    features: ['access', 'account', 'keys', 'live', 'sign-in'],
  },
  {
    name: 'records',
    says: 'what was imported, decided and signed for a client',
    features: [
      'attestations',
      'audit',
      'backup',
      'changes',
      'charter',
      'evidence',
      'exceptions',
      'imports',
      'journeys',
      'people',
      'personal-accounts',
      'policy',
      'retention',
      'time-stamps',
    ],
  },
  {
    name: 'activity',
    says: 'what Claude is used for, what stands out, where it is sent',
    features: ['activity', 'alerts', 'conversations', 'detections', 'sinks', 'sources', 'telemetry', 'usage'],
  },
  {
    name: 'decisions',
    says: 'verdicts, and what follows from them',
    features: [
      'ams',
      'assess',
      'catalogue',
      'claude-members',
      'conditional-access',
      'connectors',
      'controls',
      'devices',
      'dlp',
      'drift',
      'evidence-room',
      'fleet',
      'incidents',
      'microsoft-connector',
      'microsoft-tenant',
      'network',
      'planner',
      'reports',
      'requests',
      'revisions',
      'risks',
      'staff',
      'texts',
      'verdicts',
      'visibility',
    ],
  },
  {
    name: 'work',
    says: 'what people do next, and what they set up',
    features: [
      'baselines',
      'claims',
      'clients',
      'deployment',
      'home',
      'reminders',
      'reviews',
      'settings',
      'shell',
      'work',
    ],
  },
];
