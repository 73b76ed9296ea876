// The thread that reads pictures: one at a time.
import { pictureReader } from '../../rules/picture.ts'
import { loadCodecs } from './codecs.ts'
import { answering } from './thread.ts'

answering(pictureReader(loadCodecs()))
