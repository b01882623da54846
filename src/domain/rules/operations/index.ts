import { type AnyRule, register } from '../registry.ts';
import { beforeFirstInvitation } from './before-first-invitation.ts';
import { exceptionsCurrent } from './exceptions-current.ts';
import { governanceOwner } from './governance-owner.ts';
import { incidentPlan } from './incident-plan.ts';
import { incidentsFollowed } from './incidents-followed.ts';
import { nextReview } from './next-review.ts';
import { offboardingTasks } from './offboarding-tasks.ts';
import { offboardingTemplate } from './offboarding-template.ts';
import { onboarding } from './onboarding.ts';
import { reviewDone } from './review-done.ts';
import { training } from './training.ts';

export const rules: readonly AnyRule[] = [
  register(reviewDone),
  register(nextReview),
  register(governanceOwner),
  register(offboardingTasks),
  register(offboardingTemplate),
  register(incidentPlan),
  register(incidentsFollowed),
  register(onboarding),
  register(training),
  register(beforeFirstInvitation),
  register(exceptionsCurrent),
];
