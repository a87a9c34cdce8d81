package dev.redoubt.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tickets of customers who belong to nobody, and questions about them, the same at every run. */
final class Tickets {
    static final int CUSTOMERS = 200;
    static final int TICKETS_EACH = 3;

    private static final String[] GIVEN = {
        "Anna", "Robert", "Maria", "James", "Linda", "Michael", "Susan", "David", "Karen", "Thomas", "Laura", "Daniel",
        "Emily", "Peter", "Sarah", "Richard", "Helen", "George", "Nancy", "Paul"
    };
    private static final String[] FAMILY = {
        "Miller",
        "Johnson",
        "Schmidt",
        "Garcia",
        "Wilson",
        "Anderson",
        "Taylor",
        "Martin",
        "Thompson",
        "Robinson",
        "Clark",
        "Lewis",
        "Walker",
        "Young",
        "Allen",
        "Wright",
        "Hill",
        "Scott",
        "Green",
        "Adams"
    };
    private static final String[] TOPICS = {
        "the parcel arrived with a broken screen and should be replaced",
        "the invoice of last month shows the amount twice",
        "the password cannot be reset because no message arrives",
        "the contract should end at the end of the year",
        "the delivery went to an old address",
        "the refund for a returned chair has not been paid",
        "the app closes as soon as a photo is opened",
        "the voucher is refused at the checkout",
        "the subscription renewed although it had been cancelled",
        "the router loses its connection every evening",
        "the seat that was booked had been given to somebody else",
        "the warranty of the washing machine should be extended"
    };

    /** What a question tells of the tickets that answer it. */
    enum Kind {
        Address,
        Number,
        NameAndTopic
    }

    /** A question and the places of the tickets that answer it. */
    record Question(Kind kind, String text, List<Integer> answers) {}

    private final List<String> texts = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();

    Tickets() {
        Random random = new Random(23);
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            String given = GIVEN[customer % GIVEN.length];
            String family = FAMILY[(customer / GIVEN.length + customer) % FAMILY.length];
            String mail = (given + "." + family + customer + "@example.com").toLowerCase(java.util.Locale.ROOT);
            String phone = "415-555-" + (2000 + customer * 7);
            List<Integer> own = new ArrayList<>();
            for (int i = 0; i < TICKETS_EACH; i++) {
                own.add(texts.size());
                String topic = TOPICS[random.nextInt(TOPICS.length)];
                texts.add("Ticket " + (10_000 + texts.size()) + ": " + given + " " + family + " (" + mail + ", " + phone
                        + ") writes that " + topic + ".");
                if (i == 0) {
                    questions.add(new Question(
                            Kind.NameAndTopic,
                            given + " " + family + " says that " + topic + ". What is the state of this?",
                            List.of(own.get(0))));
                }
            }
            questions.add(new Question(
                    Kind.Address,
                    "Which problems has " + given + " " + family + " with the address " + mail + "?",
                    own));
            questions.add(new Question(Kind.Number, "What did the customer with the number " + phone + " write?", own));
        }
    }

    List<String> texts() {
        return texts;
    }

    List<Question> questions() {
        return questions;
    }
}
