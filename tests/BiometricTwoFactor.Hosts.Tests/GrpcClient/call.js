// One unary call: node call.js ADDRESS METHOD TOKEN MESSAGE [CHALLENGE]. Prints what the official client made of the answer.
const grpc = require('@grpc/grpc-js');

const [address, method, token, message, challenge] = process.argv.slice(2);
const metadata = new grpc.Metadata();
metadata.set('authorization', `Bearer ${token}`);
if (challenge) {
  metadata.set('biometric-challenge', challenge);
}

const client = new grpc.Client(address, grpc.credentials.createInsecure());
client.makeUnaryRequest(method, text => Buffer.from(text), bytes => bytes.toString(), message, metadata, (error, value) => {
  console.log(JSON.stringify(error
    ? { code: error.code, details: error.details, metadata: error.metadata.getMap() }
    : { code: grpc.status.OK, value }));
  client.close();
});
