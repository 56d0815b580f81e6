import { Button } from './button.js';
import { DatePicker } from './dates.js';
import { MultiSelect } from './multi_select.js';
import { Checkboxes, RadioButtons } from './options.js';
import { Overflow } from './overflow.js';
import { ExternalSelect, Select } from './select.js';
import { TextInput } from './text_input.js';

// Which component draws which type of element.
const components = {
  button: Button,
  overflow: Overflow,
  static_select: Select,
  users_select: Select,
  conversations_select: Select,
  channels_select: Select,
  external_select: ExternalSelect,
  multi_static_select: MultiSelect,
  multi_users_select: MultiSelect,
  multi_conversations_select: MultiSelect,
  multi_channels_select: MultiSelect,
  multi_external_select: ExternalSelect,
  radio_buttons: RadioButtons,
  checkboxes: Checkboxes,
  datepicker: DatePicker,
  timepicker: DatePicker,
  datetimepicker: DatePicker,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
};

export function component_for(type) {
  return Object.hasOwn(components, type) ? components[type] : null;
}
