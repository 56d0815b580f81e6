// What people press, in the words of the button, by the names under which the audit log has it.

const presses = {
  'request.approve': 'Approve',
  'request.deny': 'Deny',
  'request.deny_form': 'Deny request',
  'request.details': 'Details',
  'request.cancel': 'Cancel request',
  'request.remind': 'Remind',
  'request.complete': 'Continue',
  'request.choose': 'Ask for approval',
  'request.correct': 'Change and ask again',
  'handover.show': 'Show password once',
  'handover.link': 'Ask for a link instead',
  'handover.spell': 'Spell it out',
  'freeze.release': 'Release freeze',
};

// The button's words; of another version's its name as it stands.
export const press_words = (action) => presses[action] ?? action ?? 'a button';
