module example/comms-sample-consumer

go 1.25

require (
	github.com/Azure/go-amqp v1.7.0
	github.com/go-jose/go-jose/v4 v4.1.9
)
