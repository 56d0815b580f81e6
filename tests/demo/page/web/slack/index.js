// Drawing Slack's surfaces. Nothing here knows the server: what a person does leaves as an event.
export { BlockList } from './block_list.js';
export { MessageBody } from './message_body.js';
export { ModalStack } from './dialogs/modal_stack.js';
export { HomeView } from './home_view.js';
export { mrkdwn } from './draw/text.js';
